package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.tls.TrustAnchors;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that the server's certificate was issued for a TLS server by one of the root certificates, as OpenSSL does.
 * The JDK treats a root certificate as a name and a key only. Here it is part of the validated path, so it must fulfil
 * the same rules as the certificates below it. Thread-safe.
 */
final class ChainVerification {

    private static final String REPLACE =
            "Replace the certificate with one that is issued for TLS servers by a valid certificate authority.";

    private final TrustAnchors anchors;
    private final Collection<X509Certificate> roots;
    private final @Nullable X509TrustManager system;
    private final @Nullable RevocationCheck revocation;

    /** @param revocation null if no revocation list is configured */
    ChainVerification(TrustAnchors anchors, @Nullable RevocationCheck revocation)
            throws IOException, GeneralSecurityException {
        this.anchors = anchors;
        this.revocation = revocation;
        this.roots = new ArrayList<>(anchors.certificates());
        if (anchors.includesSystemRoots()) {
            if (!anchors.equals(TrustAnchors.ofSystem())) {
                roots.addAll(TrustAnchors.ofSystem().certificates());
            }
            system = ServerTrustManager.ofJvm();
        } else {
            system = null;
        }
    }

    /** @param keyExchange the name that JSSE passes to trust managers */
    void verify(X509Certificate[] sent, String keyExchange) throws CertificateException {
        IssuerChain found = IssuerChain.of(sent, roots);
        if (!found.isTrusted()) {
            throw untrusted(found);
        }
        List<X509Certificate> chain = found.certificates();
        CertificateRules rules = new CertificateRules(keyExchange);
        for (int i = 0; i < chain.size(); i++) {
            rules.check(new ChainPosition(chain, i));
        }
        NameConstraints.check(chain);
        validate(chain);
        if (revocation != null) {
            revocation.check(chain);
        }
        if (system != null && List.of(system.getAcceptedIssuers()).contains(found.last())) {
            // the JVM rejects newer certificates of some authorities, although their root certificates are in the list
            system.checkServerTrusted(sent, keyExchange);
        }
    }

    private ServerCertificateException untrusted(IssuerChain chain) {
        X509Certificate last = chain.last();
        String reason = "its certificate was issued by " + PrincipalText.issuer(last) + ", which is not trusted";
        String fix = null;
        if (chain.certificates().size() == 1 && IssuerChain.isSelfSigned(last)) {
            reason = "its certificate is self-signed and is not trusted";
        } else if (roots.contains(last)) {
            reason = "the issuer " + PrincipalText.issuer(last) + " of the trusted certificate "
                    + PrincipalText.subject(last) + " is missing, so that the chain does not end at a root certificate";
            fix = "Add the root certificate " + PrincipalText.issuer(last) + " to the " + anchors.description() + ".";
        }
        return new ServerCertificateException(FailureKind.TLS_UNTRUSTED, reason, fix, null);
    }

    private void validate(List<X509Certificate> chain) throws ServerCertificateException {
        X509Certificate root = chain.get(chain.size() - 1);
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            TrustAnchor anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            // RevocationCheck has the lists, and requires one for each certificate
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
        } catch (CertPathValidatorException refused) {
            throw refused(chain, refused);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new ServerCertificateException(
                    FailureKind.TLS_INVALID,
                    "its certificate chain cannot be validated: " + clause(unusable),
                    REPLACE,
                    unusable);
        }
    }

    private static ServerCertificateException refused(List<X509Certificate> chain, CertPathValidatorException refused) {
        ChainPosition position = new ChainPosition(chain, Math.max(0, refused.getIndex()));
        CertPathValidatorException.Reason reason = refused.getReason();
        if (reason == BasicReason.INVALID_SIGNATURE) {
            return new ServerCertificateException(
                    FailureKind.TLS_UNTRUSTED,
                    position.text() + " names " + PrincipalText.issuer(position.certificate())
                            + " as its issuer, but was signed with another key",
                    null,
                    refused);
        }
        X509Certificate certificate = position.certificate();
        if (reason == BasicReason.EXPIRED) {
            return new ServerCertificateException(
                    FailureKind.TLS_EXPIRED,
                    position.text() + " expired on " + certificate.getNotAfter().toInstant(),
                    null,
                    refused);
        }
        if (reason == BasicReason.NOT_YET_VALID) {
            return new ServerCertificateException(
                    FailureKind.TLS_EXPIRED,
                    position.text() + " is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    null,
                    refused);
        }
        return new ServerCertificateException(
                FailureKind.TLS_INVALID, position.text() + " " + violation(refused), REPLACE, refused);
    }

    private static String violation(CertPathValidatorException refused) {
        CertPathValidatorException.Reason reason = refused.getReason();
        if (reason == PKIXReason.INVALID_KEY_USAGE) {
            return "is not valid for signing certificates (key usage without keyCertSign)";
        }
        if (reason == PKIXReason.NOT_CA_CERT) {
            return "does not belong to a certificate authority (basic constraints)";
        }
        if (reason == PKIXReason.PATH_TOO_LONG) {
            return "is one more intermediate certificate than an authority above it permits (path length)";
        }
        if (reason == PKIXReason.INVALID_NAME) {
            return "has a name that a name constraint of its chain excludes";
        }
        if (reason == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
            return "has a critical extension that is not supported";
        }
        if (reason == PKIXReason.INVALID_POLICY) {
            return "does not fulfil the certificate policies of its chain";
        }
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
            return "uses an algorithm that this JVM has disabled: " + clause(refused);
        }
        return "was refused: " + clause(refused);
    }

    private static String clause(Exception reason) {
        return SafeText.of(String.valueOf(reason.getMessage()));
    }
}
