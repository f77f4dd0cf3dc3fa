package dev.wellhead.internal.connect.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses signatures and keys of less than 112 bits of security, as OpenSSL's security level 2 does. Source: NIST SP
 * 800-57 part 1, table 2; OpenSSL manual, SSL_CTX_set_security_level.
 */
final class WeakAlgorithms {

    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_EC = 224;

    /** How the names of strong signatures begin. */
    private static final Pattern STRONG = Pattern.compile("(?i)SHA-?(224|256|384|512|3)|Ed");

    private static final String PSS = "RSASSA-PSS";

    private WeakAlgorithms() {}

    /**
     * Returns the name of the weak algorithm with which a certificate or revocation list is signed; null if it is
     * strong enough.
     */
    static @Nullable String signature(String algorithm, byte @Nullable [] parameters) {
        String hash = algorithm.equals(PSS) ? pssHash(parameters) : algorithm;
        if (STRONG.matcher(hash).lookingAt()) {
            return null;
        }
        return algorithm.equals(PSS) ? PSS + " with " + hash : algorithm;
    }

    private static String pssHash(byte @Nullable [] encoded) {
        if (encoded == null) {
            // RFC 4055: the default
            return "SHA-1";
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(encoded);
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException malformed) {
            return "unknown parameters";
        }
    }

    /**
     * Returns the description of a key that is too short, such as {@code the RSA key of 1024 bits}; null if it is not.
     */
    static @Nullable String key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return tooShort("RSA", rsa.getModulus().bitLength(), SHORTEST_RSA);
        }
        if (key instanceof ECPublicKey ec) {
            return tooShort("EC", ec.getParams().getCurve().getField().getFieldSize(), SHORTEST_EC);
        }
        if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
            return tooShort("DSA", dsa.getParams().getP().bitLength(), SHORTEST_RSA);
        }
        return null;
    }

    private static @Nullable String tooShort(String algorithm, int bits, int shortest) {
        return bits >= shortest
                ? null
                : "the " + algorithm + " key of " + bits + " bits; at least " + shortest + " bits are required";
    }
}
