package dev.wellhead.internal.pem;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The ciphers that OpenSSL encrypts keys with and that the JDK can decrypt. */
enum KeyCipher {
    AES_128("AES-128-CBC", "2.16.840.1.101.3.4.1.2", "AES", 16),
    AES_192("AES-192-CBC", "2.16.840.1.101.3.4.1.22", "AES", 24),
    AES_256("AES-256-CBC", "2.16.840.1.101.3.4.1.42", "AES", 32),
    TRIPLE_DES("DES-EDE3-CBC", "1.2.840.113549.3.7", "DESede", 24),
    DES("DES-CBC", "1.3.14.3.2.7", "DES", 8);

    private final String name;
    private final String identifier;
    private final String algorithm;
    private final int keyLength;

    KeyCipher(String name, String identifier, String algorithm, int keyLength) {
        this.name = name;
        this.identifier = identifier;
        this.algorithm = algorithm;
        this.keyLength = keyLength;
    }

    /** {@return the cipher with OpenSSL's name, such as {@code AES-256-CBC}} */
    static KeyCipher named(String name) throws PemException {
        for (KeyCipher cipher : values()) {
            if (cipher.name.equalsIgnoreCase(name)) {
                return cipher;
            }
        }
        throw unsupported(name);
    }

    /** {@return the cipher with this object identifier} */
    static KeyCipher identified(String identifier) throws PemException {
        for (KeyCipher cipher : values()) {
            if (cipher.identifier.equals(identifier)) {
                return cipher;
            }
        }
        throw unsupported(EncryptionNames.of(identifier));
    }

    /** @param name of the cipher or scheme; it is from the file, so only short plain names are shown */
    static PemException unsupported(String name) {
        return new PemException(
                "is encrypted with " + EncryptionNames.plain(name) + ", which is not supported",
                "Encrypt it again with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW");
    }

    /** {@return the length of the key in bytes} */
    int keyLength() {
        return keyLength;
    }

    byte[] decrypt(byte[] key, byte[] initializationVector, byte[] encrypted) throws PemException {
        try {
            Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(initializationVector));
            return cipher.doFinal(encrypted);
        } catch (BadPaddingException e) {
            throw KeyPasswordException.wrong();
        } catch (IllegalBlockSizeException e) {
            throw new PemException("contains an encrypted key that is not complete");
        } catch (GeneralSecurityException e) {
            throw unsupported(name);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
