package dev.wellhead.internal.pem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

/** Derives a key from a password as scrypt does (RFC 7914), which the JDK does not support. */
final class Scrypt {

    private static final String MAC = "HmacSHA256";
    private static final int SALSA_WORDS = 16;
    private static final int SALSA_DOUBLE_ROUNDS = 4;
    private static final int BYTES_PER_R = 128;

    private final int cost;
    private final int words;

    /**
     * @param cost the parameter N, a power of two
     * @param blockSize the parameter r
     */
    private Scrypt(int cost, int blockSize) {
        this.cost = cost;
        this.words = blockSize * BYTES_PER_R / Integer.BYTES;
    }

    /** {@return whether a derivation needs more than {@code limit} bytes} The product itself may be too large for a long. */
    static boolean needsMoreThan(long limit, int cost, int blockSize, int parallelism) {
        return blockSize > limit / BYTES_PER_R / ((long) cost + parallelism);
    }

    /** The parameters have the names N, r and p in RFC 7914. */
    static byte[] derive(byte[] password, byte[] salt, int cost, int blockSize, int parallelism, int length)
            throws GeneralSecurityException {
        int bytes = BYTES_PER_R * blockSize;
        byte[] blocks = Pbkdf2.derive(MAC, password, salt, 1, parallelism * bytes);
        Scrypt scrypt = new Scrypt(cost, blockSize);
        for (int i = 0; i < parallelism; i++) {
            scrypt.mix(ByteBuffer.wrap(blocks, i * bytes, bytes).slice().order(ByteOrder.LITTLE_ENDIAN));
        }
        return Pbkdf2.derive(MAC, password, blocks, 1, length);
    }

    /** The function scryptROMix of section 5. */
    private void mix(ByteBuffer block) {
        int[] x = new int[words];
        block.asIntBuffer().get(x);
        int[] earlier = new int[cost * words];
        for (int i = 0; i < cost; i++) {
            System.arraycopy(x, 0, earlier, i * words, words);
            x = mixBlock(x);
        }
        for (int i = 0; i < cost; i++) {
            int chosen = (x[words - SALSA_WORDS] & (cost - 1)) * words;
            for (int j = 0; j < words; j++) {
                x[j] ^= earlier[chosen + j];
            }
            x = mixBlock(x);
        }
        block.asIntBuffer().put(x);
    }

    /** The function scryptBlockMix of section 4. */
    private int[] mixBlock(int[] block) {
        int[] mixed = new int[words];
        int[] x = new int[SALSA_WORDS];
        System.arraycopy(block, words - SALSA_WORDS, x, 0, SALSA_WORDS);
        int pairs = words / SALSA_WORDS / 2;
        for (int i = 0; i < 2 * pairs; i++) {
            for (int j = 0; j < SALSA_WORDS; j++) {
                x[j] ^= block[i * SALSA_WORDS + j];
            }
            salsa(x);
            int target = i / 2 + (i % 2 == 0 ? 0 : pairs);
            System.arraycopy(x, 0, mixed, target * SALSA_WORDS, SALSA_WORDS);
        }
        return mixed;
    }

    /** The function Salsa20/8 of section 3. */
    private static void salsa(int[] words) {
        int[] x = words.clone();
        for (int round = 0; round < SALSA_DOUBLE_ROUNDS; round++) {
            for (int i = 0; i < 4; i++) {
                quarter(x, 5 * i % 16, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(x, row + i, row + (i + 1) % 4, row + (i + 2) % 4, row + (i + 3) % 4);
            }
        }
        for (int i = 0; i < SALSA_WORDS; i++) {
            words[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
