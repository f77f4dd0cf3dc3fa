package dev.wellhead.internal.connect.tls;

import dev.wellhead.spi.FailureKind;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks every certificate of a chain, including the root certificate, against the revocation lists of its issuer, as
 * libpq does (X509_V_FLAG_CRL_CHECK_ALL). A certificate without a valid list of its issuer is rejected. Thread-safe.
 * Source: RFC 5280, sections 5 and 6.3.
 */
final class RevocationCheck {

    /** The index of the bit cRLSign of KeyUsage. */
    private static final int CRL_SIGN = 6;

    private final List<X509CRL> lists;
    private final String source;

    /** @param source the files of the lists for messages */
    RevocationCheck(List<X509CRL> lists, String source) {
        this.lists = lists;
        this.source = source;
    }

    void check(List<X509Certificate> chain) throws ServerCertificateException {
        for (int i = 0; i < chain.size(); i++) {
            check(new ChainPosition(chain, i));
        }
    }

    private void check(ChainPosition position) throws ServerCertificateException {
        X509CRLEntry entry = current(position).getRevokedCertificate(position.certificate());
        if (entry != null && entry.getRevocationReason() != CRLReason.REMOVE_FROM_CRL) {
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
    private X509CRL current(ChainPosition position) throws ServerCertificateException {
        Instant now = Instant.now();
        X509CRL newest = null;
        String problem = null;
        for (X509CRL list : lists) {
            if (!list.getIssuerX500Principal().equals(position.certificate().getIssuerX500Principal())) {
                continue;
            }
            String fault = fault(list, position.issuer(), now);
            if (fault != null) {
                problem = fault;
            } else if (newest == null || update(list).isAfter(update(newest))) {
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

    private static Instant update(X509CRL list) {
        return list.getThisUpdate().toInstant();
    }

    /** Returns why a list cannot be used, as a clause that follows the list; null if it can be used. */
    private static @Nullable String fault(X509CRL list, X509Certificate issuer, Instant now) {
        if (update(list).isAfter(now)) {
            return "is not valid before " + update(list);
        }
        Instant next = list.getNextUpdate() == null
                ? Instant.MAX
                : list.getNextUpdate().toInstant();
        if (!next.isAfter(now)) {
            return "expired on " + next;
        }
        boolean[] usage = issuer.getKeyUsage();
        if (usage != null && !usage[CRL_SIGN]) {
            return "was signed by a certificate that is not valid for it (key usage without cRLSign)";
        }
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (critical != null && !critical.isEmpty()) {
            return "covers only a part of the certificates (a critical extension), which is not supported";
        }
        String weak = WeakAlgorithms.signature(list.getSigAlgName(), list.getSigAlgParams());
        if (weak != null) {
            return "is signed with " + weak + ", which is too weak";
        }
        try {
            list.verify(issuer.getPublicKey());
            return null;
        } catch (GeneralSecurityException notTheirs) {
            return "was signed with another key";
        }
    }
}
