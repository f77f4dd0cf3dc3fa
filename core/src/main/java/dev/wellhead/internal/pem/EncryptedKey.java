package dev.wellhead.internal.pem;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts private keys with the JDK if it supports the encryption, otherwise with BouncyCastle if it is present. */
final class EncryptedKey {

    private static final String PBES2 = "PBES2";
    private static final String PBES2_WITH = "PBEWith";

    /** From bcprov and from bcpkix, because each can be present without the other. */
    private static final String[] BOUNCY_CASTLE = {
        "org.bouncycastle.jce.provider.BouncyCastleProvider",
        "org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder"
    };

    private EncryptedKey() {}

    /** {@return the plain PKCS#8 key of an encrypted one (RFC 5958)} */
    static byte[] decrypt(byte[] der, char @Nullable [] password) throws PemException {
        String name = KeyEncryption.check(der);
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(der);
            name = info.getAlgName().equals(PBES2) ? name : info.getAlgName();
        } catch (IOException unsupportedCipher) {
            info = null;
        }
        if (info != null && info.getAlgParameters() != null) {
            return plain(decryptWithJdk(info, name, required(password)));
        }
        requireBouncyCastle(KeyEncryption.plain(name));
        return plain(BouncyCastleKeys.decrypt(der, name, required(password)));
    }

    /** {@return the content of a block that is encrypted as a whole (RFC 1421), which the JDK does not support} */
    static byte[] decrypt(PemBlock block, char @Nullable [] password) throws PemException {
        String information = block.header("DEK-Info");
        int comma = information.indexOf(',');
        String cipher =
                comma < 0 ? information : information.substring(0, comma).strip();
        requireBouncyCastle(KeyEncryption.plain(cipher) + " (Proc-Type: 4,ENCRYPTED)");
        char[] known = required(password);
        byte[] vector;
        try {
            vector = HexFormat.of().parseHex(information.substring(comma + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new PemException("contains an encrypted key with a header DEK-Info that is not valid");
        }
        return plain(BouncyCastleKeys.decrypt(block.decode(), cipher, vector, known));
    }

    /** With a wrong password, the padding is valid in one of 256 cases. */
    private static byte[] plain(byte[] decrypted) throws PemException {
        if (!Der.isSequence(decrypted)) {
            throw KeyPasswordException.wrong();
        }
        return decrypted;
    }

    private static char[] required(char @Nullable [] password) throws PemException {
        if (password == null) {
            throw KeyPasswordException.missing();
        }
        return password;
    }

    private static void requireBouncyCastle(String encryption) throws PemException {
        try {
            for (String name : BOUNCY_CASTLE) {
                Class.forName(name, false, EncryptedKey.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw KeyEncryption.unsupportedByJdk(encryption);
        }
    }

    private static byte[] decryptWithJdk(EncryptedPrivateKeyInfo info, String name, char[] password)
            throws PemException {
        try {
            return cipher(info, password).doFinal(info.getEncryptedData());
        } catch (BadPaddingException e) {
            throw KeyPasswordException.wrong();
        } catch (IllegalBlockSizeException e) {
            throw KeyEncryption.incomplete();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw KeyEncryption.unsupported(name);
        }
    }

    private static Cipher cipher(EncryptedPrivateKeyInfo info, char[] password) throws GeneralSecurityException {
        AlgorithmParameters parameters = info.getAlgParameters();
        // the text of the parameters of PBES2 is the name of the algorithm: PBEWithHmacSHA256AndAES_256
        String algorithm = parameters.toString();
        if (!algorithm.startsWith(PBES2_WITH)) {
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            SecretKeyFactory keys = SecretKeyFactory.getInstance(info.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, keys.generateSecret(new PBEKeySpec(password)), parameters);
            return cipher;
        }
        // in two steps, because the JDK's cipher of this name refuses passwords with other characters than ASCII
        PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
        String mac = algorithm.substring(PBES2_WITH.length(), algorithm.indexOf("And"));
        int bits = Integer.parseInt(algorithm.substring(algorithm.indexOf('_') + 1));
        byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + mac)
                .generateSecret(new PBEKeySpec(password, spec.getSalt(), spec.getIterationCount(), bits))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), spec.getParameterSpec());
        return cipher;
    }
}
