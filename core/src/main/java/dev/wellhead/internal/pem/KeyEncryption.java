package dev.wellhead.internal.pem;

import java.util.Map;

/**
 * Names how a PKCS#8 key is encrypted (RFC 8018 and RFC 7914), and refuses parameters that need too much time or
 * memory.
 */
final class KeyEncryption {

    private static final String CONVERT = "Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW";

    /** The older schemes start with these arcs. Each has a salt and a number of iterations as its parameters. */
    private static final String PKCS5 = "1.2.840.113549.1.5.";

    private static final String PKCS12 = "1.2.840.113549.1.12.1.";
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";

    /** More would take too long. OpenSSL uses 2,048 by default, and other tools up to about a million. */
    private static final int MOST_ITERATIONS = 10_000_000;

    /** OpenSSL's own limit is 32 MiB. */
    private static final long MOST_SCRYPT_MEMORY = 64L << 20;

    private static final int SCRYPT_BYTES_PER_R = 128;
    private static final int MOST_SCRYPT_PARALLELISM = 16;
    private static final int LONGEST_NAME = 40;

    /** The ciphers of PBES2 that occur in practice. Others are shown by their identifiers. */
    private static final Map<String, String> CIPHERS = Map.of(
            "1.3.14.3.2.7", "DES-CBC",
            "1.2.840.113549.3.2", "RC2-CBC",
            "1.2.840.113549.3.7", "DES-EDE3-CBC",
            "2.16.840.1.101.3.4.1.22", "AES-192-CBC",
            "2.16.840.1.101.3.4.1.42", "AES-256-CBC",
            "1.2.392.200011.61.1.1.1.2", "CAMELLIA-128-CBC",
            "1.2.392.200011.61.1.1.1.4", "CAMELLIA-256-CBC",
            "1.2.410.200046.1.1.12", "ARIA-256-CBC",
            "1.2.156.10197.1.104.2", "SM4-CBC");

    private KeyEncryption() {}

    /**
     * {@return the name of the cipher, or of a key derivation that the JDK does not support; the identifier if the name
     * is unknown}
     *
     * @throws PemException if the derivation of the key needs too much time or memory
     */
    static String check(byte[] der) throws PemException {
        Der algorithm = Der.of(der).enter(Der.SEQUENCE).enter(Der.SEQUENCE);
        String scheme = algorithm.identifier();
        if (!scheme.equals(PBES2)) {
            if (scheme.startsWith(PKCS5) || scheme.startsWith(PKCS12)) {
                requireFewIterations(algorithm.enter(Der.SEQUENCE));
            }
            return scheme;
        }
        Der parameters = algorithm.enter(Der.SEQUENCE);
        Der derivation = parameters.enter(Der.SEQUENCE);
        String function = derivation.identifier();
        if (function.equals(SCRYPT)) {
            requireLittleMemory(derivation.enter(Der.SEQUENCE));
            return "scrypt";
        }
        if (!function.equals(PBKDF2)) {
            return function;
        }
        requireFewIterations(derivation.enter(Der.SEQUENCE));
        String cipher = parameters.enter(Der.SEQUENCE).identifier();
        return CIPHERS.getOrDefault(cipher, cipher);
    }

    private static void requireFewIterations(Der parameters) throws PemException {
        parameters.read(Der.OCTET_STRING);
        int iterations = parameters.number();
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new PemException("is encrypted with no or more than " + MOST_ITERATIONS + " iterations");
        }
    }

    private static void requireLittleMemory(Der parameters) throws PemException {
        parameters.read(Der.OCTET_STRING);
        long cost = parameters.number();
        long blockSize = parameters.number();
        long parallelism = parameters.number();
        // the product itself may be too large for a long
        if (blockSize > MOST_SCRYPT_MEMORY / SCRYPT_BYTES_PER_R / Math.max(1, cost + parallelism)
                || parallelism > MOST_SCRYPT_PARALLELISM) {
            throw new PemException("is encrypted with scrypt parameters that need more than 64 MiB");
        }
    }

    /** @param name of the cipher or scheme; it may be from the file, so only short plain names are shown */
    static PemException unsupported(String name) {
        return new PemException("is encrypted with " + plain(name) + ", which is not supported", CONVERT);
    }

    /** {@return the refusal if BouncyCastle is not present} */
    static PemException unsupportedByJdk(String name) {
        return new PemException(
                "is encrypted with " + name + ", which the JDK cannot decrypt",
                CONVERT + ", or add org.bouncycastle:bcpkix-jdk18on to the class path.");
    }

    static PemException incomplete() {
        return new PemException("contains an encrypted key that is not complete");
    }

    /** {@return the name; a placeholder if it is too long, or contains characters that names do not have} */
    static String plain(String name) {
        boolean isPlain = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            isPlain &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9' && c != '/');
        }
        return isPlain ? name : "an unknown cipher";
    }
}
