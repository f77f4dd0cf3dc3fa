package dev.wellhead.internal.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key in the formats that OpenSSL writes: PKCS#8, plain or encrypted (RFC 5958), PKCS#1 (RFC 8017) and
 * SEC 1 (RFC 5915), in PEM (RFC 7468), in PEM with encryption headers (RFC 1421), or in DER.
 */
public final class PrivateKeys {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String ELLIPTIC_CURVE = "1.2.840.10045.2.1";
    private static final byte[] NULL = {0x05, 0x00};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final byte[] RSA_IDENTIFIER = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1
    };
    private static final byte[] CURVE_IDENTIFIER = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    /** The algorithms of keys that can sign in TLS, by the names of the JDK's key factories. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            RSA,
            "RSA",
            "1.2.840.113549.1.1.10",
            "RSASSA-PSS",
            ELLIPTIC_CURVE,
            "EC",
            "1.3.101.112",
            "EdDSA",
            "1.3.101.113",
            "EdDSA");

    private static final Map<String, String> UNUSABLE = Map.of(
            "1.2.840.10040.4.1", "DSA",
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448",
            "1.2.840.113549.1.3.1", "Diffie-Hellman");

    /** P-256, P-384 and P-521. The JDK parses keys on other curves as well, but cannot sign with them. */
    private static final Set<String> SUPPORTED_CURVES = Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

    private static final Map<String, String> OTHER_CURVES = Map.of(
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
        boolean isBinary = !PemBlocks.isIn(new String(content, StandardCharsets.ISO_8859_1));
        if (isBinary && kind == ContentKind.PRIVATE_KEY) {
            return ofDer(content);
        }
        if (isBinary && kind == ContentKind.ENCRYPTED_PRIVATE_KEY) {
            return ofPkcs8(EncryptedKey.decrypt(content, password));
        }
        throw new PemException(kind.description() + ", not a private key", kind.fix());
    }

    private static PrivateKey ofBlock(PemBlock block, char @Nullable [] password, @Nullable PemBlock parameters)
            throws PemException {
        if (block.label().equals("OPENSSH PRIVATE KEY")) {
            throw new PemException(ContentKind.OPENSSH_KEY.description(), ContentKind.OPENSSH_KEY.fix());
        }
        byte[] der = EncryptedBlock.isEncrypted(block) ? EncryptedBlock.decrypt(block, password) : block.decode();
        return switch (block.label()) {
            case "PRIVATE KEY" -> ofPkcs8(der);
            case "ENCRYPTED PRIVATE KEY" -> ofPkcs8(EncryptedKey.decrypt(der, password));
            case "RSA PRIVATE KEY" -> ofPkcs8(wrapped(RSA_IDENTIFIER, NULL, der));
            case "EC PRIVATE KEY" -> ofSec1(der, parameters == null ? null : parameters.decode());
            case "DSA PRIVATE KEY" -> throw unusable("DSA");
            default ->
                throw new PemException(
                        "contains a private key in a format that is not supported (" + block.label() + ")");
        };
    }

    /** PKCS#8 continues with the algorithm, PKCS#1 with a number, and SEC 1 with the key. */
    private static PrivateKey ofDer(byte[] der) throws PemException {
        Der key = Der.of(der).enter(Der.SEQUENCE);
        key.number();
        return switch (key.tag()) {
            case Der.SEQUENCE -> ofPkcs8(der);
            case Der.OCTET_STRING -> ofSec1(der, null);
            default -> ofPkcs8(wrapped(RSA_IDENTIFIER, NULL, der));
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
        if (identifier.equals(ELLIPTIC_CURVE)) {
            requireSupportedCurve(algorithm);
        }
        try {
            return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new PemException("contains a private key (" + name + ") that is not valid");
        }
    }

    private static PrivateKey ofSec1(byte[] der, byte @Nullable [] parameters) throws PemException {
        Der key = Der.of(der).enter(Der.SEQUENCE);
        key.number();
        key.read(Der.OCTET_STRING);
        byte[] curve = parameters;
        if (key.tag() == Der.CONTEXT_0) {
            curve = key.read(Der.CONTEXT_0);
        }
        if (curve == null) {
            throw new PemException(
                    "contains a private key without the name of its elliptic curve",
                    "Convert it with: openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW");
        }
        return ofPkcs8(wrapped(CURVE_IDENTIFIER, curve, der));
    }

    /** Wraps a PKCS#1 or SEC 1 key into PKCS#8. */
    private static byte[] wrapped(byte[] identifier, byte[] parameters, byte[] key) {
        return DerWriter.element(
                Der.SEQUENCE,
                VERSION_0,
                DerWriter.element(Der.SEQUENCE, identifier, parameters),
                DerWriter.element(Der.OCTET_STRING, key));
    }

    private static void requireSupportedCurve(Der algorithm) throws PemException {
        if (algorithm.tag() != Der.OBJECT_IDENTIFIER) {
            throw new PemException(
                    "contains a private key whose elliptic curve is not named but described by its parameters",
                    "Convert it with: openssl pkey -in FILE -ec_param_enc named_curve -out NEW");
        }
        String curve = algorithm.identifier();
        if (!SUPPORTED_CURVES.contains(curve)) {
            throw new PemException(
                    "contains a private key on the elliptic curve " + OTHER_CURVES.getOrDefault(curve, curve)
                            + ", which the JDK does not support in TLS",
                    "Use a key on one of: prime256v1 (P-256), secp384r1, secp521r1; or an RSA key.");
        }
    }

    private static PemException unusable(String algorithm) {
        return new PemException(
                "contains a private key of the algorithm " + algorithm + ", which cannot be used for TLS",
                "Use an RSA, EC, Ed25519 or Ed448 key.");
    }
}
