package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.security.cert.CRLReason;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks every certificate of a chain, including the root certificate, against the revocation lists of its issuer, as
 * libpq does (X509_V_FLAG_CRL_CHECK_ALL). A certificate without a valid list of its issuer is rejected. Thread-safe.
 * Source: RFC 5280, sections 5 and 6.3.
 */
final class RevocationCheck {

    private final List<RevocationList> lists;
    private final String source;

    /** @param source the files of the lists for messages */
    RevocationCheck(List<RevocationList> lists, String source) {
        this.lists = lists;
        this.source = source;
    }

    void check(List<X509Certificate> chain) throws ServerCertificateException {
        for (int i = 0; i < chain.size(); i++) {
            check(new ChainPosition(chain, i));
        }
    }

    private void check(ChainPosition position) throws ServerCertificateException {
        // an entry with the reason removeFromCRL counts as revoked, because it has a meaning only in a delta list
        X509CRLEntry entry = current(position).entry(position.certificate());
        if (entry != null) {
            throw new ServerCertificateException(
                    FailureKind.TLS_REVOKED,
                    position.text() + " was revoked on "
                            + entry.getRevocationDate().toInstant() + reason(entry),
                    "Give the server a new certificate.",
                    null);
        }
    }

    private static String reason(X509CRLEntry entry) {
        CRLReason reason = entry.getRevocationReason();
        return reason == null
                ? ""
                : " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }

    /** Returns the newest valid list of the issuer of a certificate. */
    private RevocationList current(ChainPosition position) throws ServerCertificateException {
        Instant now = Instant.now();
        RevocationList newest = null;
        String problem = null;
        for (RevocationList list : lists) {
            if (!list.issuer().equals(position.certificate().getIssuerX500Principal())) {
                continue;
            }
            String fault = list.fault(position.issuer(), now);
            if (fault != null) {
                problem = fault;
            } else if (newest == null || list.update().isAfter(newest.update())) {
                newest = list;
            }
        }
        if (newest == null) {
            throw unknown(position, problem);
        }
        return newest;
    }

    private ServerCertificateException unknown(ChainPosition position, @Nullable String problem) {
        String issuer = PrincipalText.issuer(position.certificate());
        String reason = problem == null
                ? source + " contains no revocation list of " + issuer + ", which issued " + position.text()
                : "the revocation list of " + issuer + ", which issued " + position.text() + ", " + problem;
        return new ServerCertificateException(FailureKind.TLS_REVOKED, reason, null, null);
    }
}
