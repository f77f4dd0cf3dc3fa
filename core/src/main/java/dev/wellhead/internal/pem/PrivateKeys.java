package dev.wellhead.internal.pem;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key in the formats that OpenSSL writes: PKCS#8, plain or encrypted (RFC 5958), PKCS#1 (RFC 8017) and
 * SEC 1 (RFC 5915), in PEM (RFC 7468), in PEM with encryption headers (RFC 1421), or in DER.
 */
public final class PrivateKeys {

    /** The algorithms of keys that can sign in TLS, by the names of the JDK's key factories. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10045.2.1", "EC",
            "1.3.101.112", "EdDSA",
            "1.3.101.113", "EdDSA");

    /** P-256, P-384 and P-521. The JDK parses keys on other curves as well, but cannot sign with them. */
    private static final Map<String, String> SUPPORTED_CURVES = Map.of(
            "1.2.840.10045.3.1.7", "secp256r1",
            "1.3.132.0.34", "secp384r1",
            "1.3.132.0.35", "secp521r1");

    /** Algorithms and elliptic curves that cannot be used. Others are shown by their identifiers. */
    private static final Map<String, String> UNUSABLE = Map.of(
            "1.2.840.10040.4.1", "DSA",
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448",
            "1.2.840.113549.1.3.1", "Diffie-Hellman",
            "1.3.132.0.10", "secp256k1",
            "1.2.840.10045.3.1.1", "prime192v1",
            "1.3.132.0.33", "secp224r1",
            "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
            "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1",
            "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1");

    private PrivateKeys() {}

    /**
     * {@return the first private key of a content}
     *
     * @param password the password of an encrypted key; null if there is none
     * @throws KeyPasswordException if the key is encrypted and the password is missing or wrong
     * @throws PemException if there is no key that can be used
     */
    public static PrivateKey read(byte[] content, char @Nullable [] password) throws PemException {
        PemBlock parameters = null;
        for (PemBlock block : PemBlocks.of(content)) {
            if (block.label().equals("EC PARAMETERS")) {
                // OpenSSL writes the curve of a SEC 1 key into a block before it
                parameters = block;
            } else if (block.label().endsWith("PRIVATE KEY")) {
                return ofBlock(block, password, parameters);
            }
        }
        ContentKind kind = ContentRecognition.kindOf(content);
        // binary content, because no block has such a label
        if (kind == ContentKind.PRIVATE_KEY) {
            return ofDer(content, null);
        }
        if (kind == ContentKind.ENCRYPTED_PRIVATE_KEY) {
            return ofPkcs8(EncryptedKey.decrypt(content, password));
        }
        throw new PemException(kind.description() + ", not a private key", kind.fix());
    }

    private static PrivateKey ofBlock(PemBlock block, char @Nullable [] password, @Nullable PemBlock parameters)
            throws PemException {
        if (block.label().equals("OPENSSH PRIVATE KEY")) {
            throw new PemException(ContentKind.OPENSSH_KEY.description(), ContentKind.OPENSSH_KEY.fix());
        }
        byte[] der = block.isEncrypted() ? EncryptedKey.decrypt(block, password) : block.decode();
        return switch (block.label()) {
            case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> ofDer(der, parameters);
            case "ENCRYPTED PRIVATE KEY" -> ofPkcs8(EncryptedKey.decrypt(der, password));
            case "DSA PRIVATE KEY" -> throw unusable("DSA");
            default ->
                throw new PemException(
                        "contains a private key in a format that is not supported (" + block.label() + ")");
        };
    }

    /** PKCS#8 continues with the algorithm, PKCS#1 with a number, and SEC 1 with the key. */
    private static PrivateKey ofDer(byte[] der, @Nullable PemBlock parameters) throws PemException {
        Der key = Der.of(der).enter(Der.SEQUENCE);
        key.number();
        return switch (key.tag()) {
            case Der.SEQUENCE -> ofPkcs8(der);
            case Der.OCTET_STRING -> ofSec1(key, parameters);
            default -> ofPkcs1(key);
        };
    }

    private static PrivateKey ofPkcs8(byte[] der) throws PemException {
        Der key = Der.of(der).enter(Der.SEQUENCE);
        key.number();
        Der algorithm = key.enter(Der.SEQUENCE);
        String identifier = algorithm.identifier();
        String name = ALGORITHMS.get(identifier);
        if (name == null) {
            throw unusable(UNUSABLE.getOrDefault(identifier, identifier));
        }
        if (name.equals("EC")) {
            curve(algorithm);
        }
        return generate(name, new PKCS8EncodedKeySpec(der));
    }

    private static PrivateKey ofPkcs1(Der key) throws PemException {
        BigInteger[] n = new BigInteger[8];
        for (int i = 0; i < n.length; i++) {
            n[i] = key.integer();
        }
        return generate("RSA", new RSAPrivateCrtKeySpec(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]));
    }

    private static PrivateKey ofSec1(Der key, @Nullable PemBlock parameters) throws PemException {
        BigInteger secret = new BigInteger(1, key.read(Der.OCTET_STRING));
        if (key.tag() != Der.CONTEXT_0 && parameters == null) {
            throw new PemException(
                    "contains a private key without the name of its elliptic curve",
                    "Convert it with: openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW");
        }
        String curve = curve(
                key.tag() == Der.CONTEXT_0 || parameters == null
                        ? key.enter(Der.CONTEXT_0)
                        : Der.of(parameters.decode()));
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(curve));
            return generate("EC", new ECPrivateKeySpec(secret, named.getParameterSpec(ECParameterSpec.class)));
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw invalid("EC");
        }
    }

    private static PrivateKey generate(String algorithm, KeySpec key) throws PemException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw invalid(algorithm);
        }
    }

    private static PemException invalid(String algorithm) {
        return new PemException("contains a private key (" + algorithm + ") that is not valid");
    }

    /** {@return the JDK's name of the elliptic curve} */
    private static String curve(Der parameters) throws PemException {
        if (parameters.tag() != Der.OBJECT_IDENTIFIER) {
            throw new PemException(
                    "contains a private key whose elliptic curve is not named but described by its parameters",
                    "Convert it with: openssl pkey -in FILE -ec_param_enc named_curve -out NEW");
        }
        String identifier = parameters.identifier();
        String name = SUPPORTED_CURVES.get(identifier);
        if (name == null) {
            throw new PemException(
                    "contains a private key on the elliptic curve "
                            + UNUSABLE.getOrDefault(identifier, identifier)
                            + ", which the JDK does not support in TLS",
                    "Use a key on one of: prime256v1 (P-256), secp384r1, secp521r1; or an RSA key.");
        }
        return name;
    }

    private static PemException unusable(String algorithm) {
        return new PemException(
                "contains a private key of the algorithm " + algorithm + ", which cannot be used for TLS",
                "Use an RSA, EC, Ed25519 or Ed448 key.");
    }
}
