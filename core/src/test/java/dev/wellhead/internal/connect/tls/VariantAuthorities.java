package dev.wellhead.internal.connect.tls;

import dev.wellhead.testkit.CertificateDraft;
import dev.wellhead.testkit.IssuedCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/** The keys and authorities that the variants of the matrix share. */
final class VariantAuthorities {

    static final String HOST = "db.example.com";

    static final KeyPair ROOT_KEYS = keys("EC", 256);
    static final KeyPair INTERMEDIATE_KEYS = keys("EC", 256);
    static final KeyPair SERVER_KEYS = keys("EC", 256);
    static final KeyPair OTHER_KEYS = keys("EC", 256);
    static final KeyPair RSA_KEYS = keys("RSA", 2048);
    static final KeyPair SHORT_RSA_KEYS = keys("RSA", 1024);

    static final IssuedCertificate ROOT = root().selfSigned();
    static final IssuedCertificate INTERMEDIATE = intermediate().signedBy(ROOT);
    static final IssuedCertificate OTHER_ROOT =
            CertificateDraft.authority("CN=Other CA", OTHER_KEYS).selfSigned();

    private VariantAuthorities() {}

    static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (size > 0) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static CertificateDraft root() {
        return CertificateDraft.authority("CN=Our CA", ROOT_KEYS);
    }

    static CertificateDraft intermediate() {
        return CertificateDraft.authority("CN=Intermediate CA", INTERMEDIATE_KEYS);
    }

    /** A certificate for the host with the usual extensions. */
    static CertificateDraft server() {
        return CertificateDraft.server(SERVER_KEYS, HOST);
    }

    /** A certificate without subject alternative names. */
    static CertificateDraft named(String subject) {
        return CertificateDraft.of(subject, SERVER_KEYS);
    }

    static CertificateDraft withNames(byte[] subjectAlternativeName) {
        return CertificateDraft.of("CN=" + HOST, SERVER_KEYS)
                .extension(Extension.subjectAlternativeName, false, subjectAlternativeName);
    }

    static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    static GeneralName address(String range) {
        return new GeneralName(GeneralName.iPAddress, range);
    }
}
