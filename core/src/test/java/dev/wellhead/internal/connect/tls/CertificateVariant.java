package dev.wellhead.internal.connect.tls;

import dev.wellhead.testkit.IssuedCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of the certificate matrix.
 *
 * @param libpq what libpq 15 with OpenSSL 3 does
 * @param ours what Wellhead does
 * @param reason a part of our message
 * @param difference why Wellhead is stricter; empty if there is no difference
 */
record CertificateVariant(
        String name,
        String host,
        IssuedCertificate server,
        List<X509Certificate> roots,
        List<String> lists,
        Verdict libpq,
        Verdict ours,
        String reason,
        String difference) {

    /** What each SSL mode does. {@code require} with root certificates is the same as {@code verify-ca}. */
    enum Verdict {
        ACCEPTED,
        /** Refused by verify-full and accepted by verify-ca and require. */
        WRONG_NAME,
        REFUSED;

        boolean accepts(String mode) {
            return this == ACCEPTED || (this == WRONG_NAME && !mode.equals("verify-full"));
        }
    }

    static CertificateVariant of(String name, IssuedCertificate server, IssuedCertificate... roots) {
        return new CertificateVariant(
                name,
                VariantAuthorities.HOST,
                server,
                Stream.of(roots).map(IssuedCertificate::certificate).toList(),
                List.of(),
                Verdict.ACCEPTED,
                Verdict.ACCEPTED,
                "",
                "");
    }

    CertificateVariant host(String host) {
        return new CertificateVariant(name, host, server, roots, lists, libpq, ours, reason, difference);
    }

    /** The revocation lists in PEM format. */
    CertificateVariant lists(String... pem) {
        return new CertificateVariant(name, host, server, roots, List.of(pem), libpq, ours, reason, difference);
    }

    CertificateVariant wrongName() {
        return expects(Verdict.WRONG_NAME, Verdict.WRONG_NAME, "its certificate is for ", "");
    }

    CertificateVariant refused(String reason) {
        return expects(Verdict.REFUSED, Verdict.REFUSED, reason, "");
    }

    /** Wellhead refuses the name and libpq accepts it. */
    CertificateVariant wrongNameOnlyForUs(String difference) {
        return expects(Verdict.ACCEPTED, Verdict.WRONG_NAME, "its certificate is for ", difference);
    }

    /** Wellhead refuses the certificate and libpq accepts it. */
    CertificateVariant refusedOnlyByUs(String reason, String difference) {
        return expects(Verdict.ACCEPTED, Verdict.REFUSED, reason, difference);
    }

    private CertificateVariant expects(Verdict libpq, Verdict ours, String reason, String difference) {
        return new CertificateVariant(name, host, server, roots, lists, libpq, ours, reason, difference);
    }

    @Override
    public String toString() {
        return name;
    }
}
