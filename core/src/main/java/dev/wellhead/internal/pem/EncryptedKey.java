package dev.wellhead.internal.pem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts an encrypted PKCS#8 key (RFC 5958). The scheme PBES2 (RFC 8018, section 6.2) is decrypted here, because the JDK
 * supports only a part of its ciphers and no scrypt; the older schemes are decrypted by the JDK.
 */
final class EncryptedKey {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
    private static final String DEFAULT_MAC = "HmacSHA1";

    /** As many as a reader waits for; OpenSSL writes 2,048 by default, and other tools up to about a million. */
    private static final int MOST_ITERATIONS = 10_000_000;

    /** OpenSSL's own limit is 32 MiB. */
    private static final long MOST_SCRYPT_MEMORY = 64L << 20;

    private static final int MOST_SCRYPT_PARALLELISM = 16;

    private static final Map<String, String> MACS = Map.of(
            "1.2.840.113549.2.7", DEFAULT_MAC,
            "1.2.840.113549.2.8", "HmacSHA224",
            "1.2.840.113549.2.9", "HmacSHA256",
            "1.2.840.113549.2.10", "HmacSHA384",
            "1.2.840.113549.2.11", "HmacSHA512",
            "1.2.840.113549.2.12", "HmacSHA512/224",
            "1.2.840.113549.2.13", "HmacSHA512/256");

    /** The older schemes that the JDK supports, by its names. */
    private static final Map<String, String> OLDER = Map.of(
            "1.2.840.113549.1.5.3", "PBEWithMD5AndDES",
            "1.2.840.113549.1.12.1.1", "PBEWithSHA1AndRC4_128",
            "1.2.840.113549.1.12.1.2", "PBEWithSHA1AndRC4_40",
            "1.2.840.113549.1.12.1.3", "PBEWithSHA1AndDESede",
            "1.2.840.113549.1.12.1.5", "PBEWithSHA1AndRC2_128",
            "1.2.840.113549.1.12.1.6", "PBEWithSHA1AndRC2_40");

    private EncryptedKey() {}

    /** {@return the PKCS#8 key} */
    static byte[] decrypt(byte[] der, char @Nullable [] password) throws PemException {
        Der outer = Der.of(der).enter(Der.SEQUENCE);
        Der algorithm = outer.enter(Der.SEQUENCE);
        byte[] encrypted = outer.read(Der.OCTET_STRING);
        String scheme = algorithm.identifier();
        boolean isPbes2 = scheme.equals(PBES2);
        if (!isPbes2 && !OLDER.containsKey(scheme)) {
            throw KeyCipher.unsupported(EncryptionNames.of(scheme));
        }
        if (password == null) {
            throw KeyPasswordException.missing();
        }
        Der parameters = algorithm.enter(Der.SEQUENCE);
        byte[] key;
        if (isPbes2) {
            key = pbes2(parameters, encrypted, password);
        } else {
            parameters.read(Der.OCTET_STRING);
            requireFewIterations(parameters.number());
            key = older(der, String.valueOf(OLDER.get(scheme)), password);
        }
        if (!Der.isSequence(key)) {
            // the wrong password gives a valid padding once in 256 times
            throw KeyPasswordException.wrong();
        }
        return key;
    }

    private static byte[] pbes2(Der parameters, byte[] encrypted, char[] password) throws PemException {
        Der derivation = parameters.enter(Der.SEQUENCE);
        Der encryption = parameters.enter(Der.SEQUENCE);
        KeyCipher cipher = KeyCipher.identified(encryption.identifier());
        byte[] initializationVector = encryption.read(Der.OCTET_STRING);
        byte[] bytes = bytes(password);
        try {
            return cipher.decrypt(derive(derivation, bytes, cipher.keyLength()), initializationVector, encrypted);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] derive(Der derivation, byte[] password, int length) throws PemException {
        String function = derivation.identifier();
        Der parameters = derivation.enter(Der.SEQUENCE);
        byte[] salt = parameters.read(Der.OCTET_STRING);
        try {
            if (function.equals(SCRYPT)) {
                return scrypt(parameters, password, salt, length);
            }
            if (!function.equals(PBKDF2)) {
                throw KeyCipher.unsupported(EncryptionNames.of(function));
            }
            return pbkdf2(parameters, password, salt, length);
        } catch (PemException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw KeyCipher.unsupported(EncryptionNames.of(function));
        }
    }

    private static byte[] pbkdf2(Der parameters, byte[] password, byte[] salt, int length)
            throws GeneralSecurityException {
        int iterations = parameters.number();
        requireFewIterations(iterations);
        if (parameters.tag() == Der.INTEGER) {
            parameters.element();
        }
        String mac = DEFAULT_MAC;
        if (parameters.tag() == Der.SEQUENCE) {
            String identifier = parameters.enter(Der.SEQUENCE).identifier();
            mac = MACS.getOrDefault(identifier, "");
            if (mac.isEmpty()) {
                throw KeyCipher.unsupported(identifier);
            }
        }
        return Pbkdf2.derive(mac, password, salt, iterations, length);
    }

    private static void requireFewIterations(int iterations) throws PemException {
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new PemException("is encrypted with no or more than " + MOST_ITERATIONS + " iterations");
        }
    }

    private static byte[] scrypt(Der parameters, byte[] password, byte[] salt, int length)
            throws GeneralSecurityException {
        int cost = parameters.number();
        int blockSize = parameters.number();
        int parallelism = parameters.number();
        boolean isValid = Integer.bitCount(cost) == 1 && cost > 1 && blockSize > 0 && parallelism > 0;
        if (!isValid
                || parallelism > MOST_SCRYPT_PARALLELISM
                || Scrypt.needsMoreThan(MOST_SCRYPT_MEMORY, cost, blockSize, parallelism)) {
            throw new PemException("is encrypted with scrypt parameters that are invalid or need more than 64 MiB");
        }
        return Scrypt.derive(password, salt, cost, blockSize, parallelism, length);
    }

    private static byte[] older(byte[] der, String algorithm, char[] password) throws PemException {
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                    info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } catch (BadPaddingException e) {
            throw KeyPasswordException.wrong();
        } catch (GeneralSecurityException | IOException e) {
            throw KeyCipher.unsupported(algorithm);
        } finally {
            spec.clearPassword();
        }
    }

    /** As OpenSSL, which uses the bytes that the user typed, in UTF-8 on every system today. */
    static byte[] bytes(char[] password) {
        return new String(password).getBytes(StandardCharsets.UTF_8);
    }
}
