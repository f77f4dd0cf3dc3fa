package dev.wellhead.internal.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Decrypts private keys with BouncyCastle, an optional dependency. No other class uses it, and this one is loaded only
 * for a key that the JDK cannot decrypt.
 */
final class BouncyCastleKeys {

    /** An instance of our own; it is not registered, so it changes nothing else in the process. */
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastleKeys() {}

    /** {@return the plain PKCS#8 key of an encrypted one} */
    static byte[] decrypt(byte[] der, String name, char[] password) throws PemException {
        requireNotEmpty(password);
        try {
            PKCS8EncryptedPrivateKeyInfo info = new PKCS8EncryptedPrivateKeyInfo(der);
            InputDecryptor decryptor = new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(password)
                    .get(info.toASN1Structure().getEncryptionAlgorithm());
            try (InputStream in = decryptor.getInputStream(new ByteArrayInputStream(info.getEncryptedData()))) {
                return in.readAllBytes();
            }
        } catch (IOException | OperatorCreationException | RuntimeException e) {
            throw refusal(e, name);
        }
    }

    /**
     * {@return the plain content of a block}
     *
     * @param cipher the name of the cipher in the header {@code DEK-Info}
     */
    static byte[] decrypt(byte[] encrypted, String cipher, byte[] initializationVector, char[] password)
            throws PemException {
        requireNotEmpty(password);
        try {
            return new JcePEMDecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(password)
                    .get(cipher)
                    .decrypt(encrypted, initializationVector);
        } catch (IOException | OperatorCreationException | RuntimeException e) {
            throw refusal(e, cipher);
        }
    }

    /** BouncyCastle supports no empty password here. */
    private static void requireNotEmpty(char[] password) throws PemException {
        if (password.length == 0) {
            throw KeyPasswordException.wrong();
        }
    }

    private static PemException refusal(Exception failure, String name) {
        Throwable cause = failure.getCause();
        if (cause instanceof BadPaddingException) {
            return KeyPasswordException.wrong();
        }
        return cause instanceof IllegalBlockSizeException
                ? KeyEncryption.incomplete()
                : KeyEncryption.unsupported(name);
    }
}
