package dev.wellhead.internal.connect.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * One revocation list, and whether it can be used. Lists for a part of the certificates are not supported. Thread-safe.
 * Source: RFC 5280, section 5.
 */
final class RevocationList {

    /** The index of the bit cRLSign of KeyUsage. */
    private static final int CRL_SIGN = 6;

    private static final String DELTA_INDICATOR = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String CERTIFICATE_ISSUER = "2.5.29.29";

    private final X509CRL list;
    private final boolean isComplete;
    private final boolean hasUnsupportedEntry;

    RevocationList(X509CRL list) {
        this.list = list;
        // OpenSSL applies these two extensions even if they are not critical
        this.isComplete = !hasCriticalExtension(list.getCriticalExtensionOIDs())
                && !Extensions.has(list, ISSUING_DISTRIBUTION_POINT)
                && !Extensions.has(list, DELTA_INDICATOR);
        // reading all entries takes long, so it is done once and not for each connection
        this.hasUnsupportedEntry = hasUnsupportedEntry(list.getRevokedCertificates());
    }

    private static boolean hasUnsupportedEntry(@Nullable Set<? extends X509CRLEntry> entries) {
        if (entries != null) {
            for (X509CRLEntry entry : entries) {
                if (entry.hasExtensions()
                        && (hasCriticalExtension(entry.getCriticalExtensionOIDs())
                                || Extensions.has(entry, CERTIFICATE_ISSUER))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasCriticalExtension(@Nullable Set<String> critical) {
        return critical != null && !critical.isEmpty();
    }

    X500Principal issuer() {
        return list.getIssuerX500Principal();
    }

    Instant update() {
        return list.getThisUpdate().toInstant();
    }

    /** Returns the last entry of a certificate; null if there is none. */
    @Nullable
    X509CRLEntry entry(X509Certificate certificate) {
        return list.getRevokedCertificate(certificate);
    }

    /** Returns why the list cannot be used, as a clause whose subject is the list; null if it can be used. */
    @Nullable
    String fault(X509Certificate issuer, Instant now) {
        if (update().isAfter(now)) {
            return "is not valid before " + update();
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
        if (!isComplete) {
            return "covers only a part of the certificates (an issuing distribution point, a delta, or a critical"
                    + " extension), which is not supported";
        }
        if (hasUnsupportedEntry) {
            return "has an entry with an extension that is not supported (critical, or a certificate issuer)";
        }
        String weak = WeakAlgorithms.signature(list.getSigAlgName(), list.getSigAlgParams());
        if (weak != null) {
            return "is signed with " + weak + ", which is too weak";
        }
        if (!IssuerChain.matchesKeyIdentifier(issuer, list)) {
            return "was signed with another key (authority key identifier)";
        }
        try {
            list.verify(issuer.getPublicKey());
            return null;
        } catch (GeneralSecurityException otherKey) {
            return "was signed with another key";
        }
    }
}
