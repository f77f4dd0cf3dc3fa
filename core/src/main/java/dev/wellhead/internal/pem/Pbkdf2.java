package dev.wellhead.internal.pem;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Derives a key from a password as PBKDF2 does (RFC 8018, section 5.2). The JDK's implementation takes characters instead
 * of bytes, which scrypt needs, and refuses an empty password.
 */
final class Pbkdf2 {

    private Pbkdf2() {}

    /**
     * {@return a key of {@code length} bytes}
     *
     * @param algorithm of the message authentication code, such as {@code HmacSHA256}
     */
    static byte[] derive(String algorithm, byte[] password, byte[] salt, int iterations, int length)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new Password(password));
        ByteBuffer key = ByteBuffer.allocate(length);
        for (int block = 1; key.hasRemaining(); block++) {
            mac.update(salt);
            byte[] round =
                    mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
            byte[] sum = round.clone();
            for (int i = 1; i < iterations; i++) {
                round = mac.doFinal(round);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] ^= round[j];
                }
            }
            key.put(sum, 0, Math.min(sum.length, key.remaining()));
        }
        return key.array();
    }

    /** A key that may be empty, which a SecretKeySpec must not be. */
    private static final class Password implements SecretKey {

        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        Password(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "PBKDF2";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }
    }
}
