package dev.wellhead.internal.connect.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Parses private keys in the formats that OpenSSL writes: PKCS#8 plain or encrypted (RFC 5958, PBES2), PKCS#1 (RFC
 * 8017) and SEC 1 (RFC 5915), in PEM (RFC 7468) or DER.
 */
final class PrivateKeys {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /**
     * @param password the password of an encrypted key
     * @param certified the public key of the certificate, which determines the algorithm of the private key
     */
    static PrivateKey parse(byte[] content, char @Nullable [] password, PublicKey certified)
            throws GeneralSecurityException, IOException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        // OpenSSL writes the parameters of an elliptic curve into a separate block before the key
        while (begin >= 0 && !label(text, begin).endsWith("PRIVATE KEY")) {
            begin = text.indexOf(BEGIN, begin + BEGIN.length());
        }
        if (begin < 0) {
            return parseDer(content, password, certified);
        }
        String label = label(text, begin);
        int from = begin + BEGIN.length() + label.length() + DASHES.length();
        int end = text.indexOf(DASHES, from);
        if (end < 0) {
            throw new InvalidKeyException("The key has no end marker.");
        }
        byte[] der = Base64.getMimeDecoder().decode(text.substring(from, end));
        return switch (label) {
            case "PRIVATE KEY" -> generate(der, certified);
            case "ENCRYPTED PRIVATE KEY" -> generate(decrypt(der, password), certified);
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> generate(wrap(der, certified), certified);
            default -> throw new InvalidKeyException("The format of the key is unknown.");
        };
    }

    private static String label(String text, int begin) {
        int from = begin + BEGIN.length();
        int end = text.indexOf(DASHES, from);
        return end < 0 ? "" : text.substring(from, end);
    }

    private static PrivateKey parseDer(byte[] der, char @Nullable [] password, PublicKey certified)
            throws GeneralSecurityException, IOException {
        try {
            return generate(der, certified);
        } catch (InvalidKeySpecException perhapsEncrypted) {
            return generate(decrypt(der, password), certified);
        }
    }

    private static PrivateKey generate(byte[] pkcs8, PublicKey certified) throws GeneralSecurityException {
        return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] decrypt(byte[] der, char @Nullable [] password) throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new InvalidKeyException("The key is encrypted and there is no password.");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        // The algorithm name PBES2 does not include the ciphers. The parameters do, for example
        // PBEWithHmacSHA256AndAES_256.
        String algorithm = info.getAlgName();
        if (info.getAlgParameters() != null && (algorithm.equals("PBES2") || algorithm.startsWith("1."))) {
            algorithm = info.getAlgParameters().toString();
        }
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /**
     * Wraps a PKCS#1 or SEC 1 key into PKCS#8. The algorithm and its parameters are copied from the public key of the
     * certificate.
     */
    private static byte[] wrap(byte[] key, PublicKey certified) throws IOException {
        byte[] algorithm = algorithmOf(certified.getEncoded());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(VERSION_0);
        body.write(algorithm);
        write(body, OCTET_STRING, key);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        write(whole, SEQUENCE, body.toByteArray());
        return whole.toByteArray();
    }

    /** Returns the AlgorithmIdentifier, which is the first element of a SubjectPublicKeyInfo (RFC 5280). */
    private static byte[] algorithmOf(byte[] publicKey) {
        int inner = 1 + lengthBytes(publicKey, 1);
        int end = inner + 1 + lengthBytes(publicKey, inner + 1) + length(publicKey, inner + 1);
        return Arrays.copyOfRange(publicKey, inner, end);
    }

    /** Returns the number of bytes in the DER length field at this position. */
    private static int lengthBytes(byte[] der, int at) {
        return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7F);
    }

    private static int length(byte[] der, int at) {
        if (der[at] >= 0) {
            return der[at];
        }
        int value = 0;
        for (int i = 1; i < lengthBytes(der, at); i++) {
            value = (value << 8) | (der[at + i] & 0xFF);
        }
        return value;
    }

    private static void write(ByteArrayOutputStream out, byte tag, byte[] content) throws IOException {
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.write(content);
    }
}
