package dev.wellhead.internal.pem;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a block that is encrypted as a whole, with headers {@code Proc-Type} and {@code DEK-Info} (RFC 1421). OpenSSL
 * derives the key with MD5; source: {@code EVP_BytesToKey(3)} and {@code PEM_read_bio_PrivateKey(3)}, "PEM Encryption
 * Format".
 */
final class EncryptedBlock {

    private static final int SALT_LENGTH = 8;

    private EncryptedBlock() {}

    static boolean isEncrypted(PemBlock block) {
        return block.header("Proc-Type").endsWith("ENCRYPTED");
    }

    static byte[] decrypt(PemBlock block, char @Nullable [] password) throws PemException {
        String information = block.header("DEK-Info");
        int comma = information.indexOf(',');
        KeyCipher cipher = KeyCipher.named(
                comma < 0 ? information : information.substring(0, comma).strip());
        if (password == null) {
            throw KeyPasswordException.missing();
        }
        byte[] initializationVector =
                initializationVector(information.substring(comma + 1).strip());
        byte[] key = derive(password, initializationVector, cipher.keyLength());
        byte[] decrypted = cipher.decrypt(key, initializationVector, block.decode());
        if (!Der.isSequence(decrypted)) {
            // the wrong password gives a valid padding once in 256 times
            throw KeyPasswordException.wrong();
        }
        return decrypted;
    }

    private static byte[] initializationVector(String hexadecimal) throws PemException {
        try {
            byte[] bytes = HexFormat.of().parseHex(hexadecimal);
            if (bytes.length >= SALT_LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new PemException("contains an encrypted key with a header DEK-Info that is not valid");
    }

    private static byte[] derive(char[] password, byte[] initializationVector, int length) throws PemException {
        byte[] bytes = EncryptedKey.bytes(password);
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            ByteBuffer key = ByteBuffer.allocate(length);
            byte[] last = new byte[0];
            while (key.hasRemaining()) {
                digest.update(last);
                digest.update(bytes);
                digest.update(initializationVector, 0, SALT_LENGTH);
                last = digest.digest();
                key.put(last, 0, Math.min(last.length, key.remaining()));
            }
            return key.array();
        } catch (GeneralSecurityException e) {
            throw KeyCipher.unsupported("MD5");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
