package dev.wellhead.testkit;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate revocation list for tests, which may break the rules. It is valid from yesterday for thirty days by
 * default. Not thread-safe.
 */
public final class RevocationListDraft {

    private final IssuedCertificate issuer;
    private final X509v2CRLBuilder builder;
    private String algorithm = "SHA256withECDSA";

    private RevocationListDraft(IssuedCertificate issuer, int fromDay, int untilDay) {
        X500Name name = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        this.issuer = issuer;
        this.builder = new X509v2CRLBuilder(name, day(fromDay)).setNextUpdate(day(untilDay));
    }

    /** {@return an empty list} */
    public static RevocationListDraft of(IssuedCertificate issuer) {
        return new RevocationListDraft(issuer, -1, 30);
    }

    /** {@return an empty list with this validity in days from now} */
    public static RevocationListDraft of(IssuedCertificate issuer, int fromDay, int untilDay) {
        return new RevocationListDraft(issuer, fromDay, untilDay);
    }

    /** Adds a certificate, revoked yesterday because of a key compromise. */
    public RevocationListDraft revoke(X509Certificate certificate) {
        builder.addCRLEntry(certificate.getSerialNumber(), day(-1), CRLReason.keyCompromise);
        return this;
    }

    /** Adds an entry with this reason (RFC 5280, section 5.3.1). */
    public RevocationListDraft entry(BigInteger serial, int reason) {
        builder.addCRLEntry(serial, day(-1), reason);
        return this;
    }

    /** Adds an entry with one extension. */
    public RevocationListDraft entry(
            BigInteger serial, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        PostgresServer.unchecked(() -> {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(oid, critical, value);
            return builder.addCRLEntry(serial, day(-1), extensions.generate());
        });
        return this;
    }

    /** Adds an extension of the list. */
    public RevocationListDraft extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        PostgresServer.unchecked(() -> builder.addExtension(oid, critical, value));
        return this;
    }

    /** Sets the algorithm of the signature. */
    public RevocationListDraft signedWith(String name) {
        algorithm = name;
        return this;
    }

    /** {@return the list in DER format} */
    public byte[] der() {
        return PostgresServer.unchecked(() -> builder.build(new JcaContentSignerBuilder(algorithm)
                        .build(issuer.keys().getPrivate()))
                .getEncoded());
    }

    /** {@return the list in PEM format} */
    public String pem() {
        return IssuedCertificate.pem("X509 CRL", der());
    }

    private static Date day(int days) {
        return Date.from(Instant.now().plus(Duration.ofDays(days)));
    }
}
