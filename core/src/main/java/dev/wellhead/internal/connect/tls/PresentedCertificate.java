package dev.wellhead.internal.connect.tls;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate that was sent to a server, and the authorities that the server had listed as trusted.
 *
 * @param chain the certificate, followed by its intermediate certificates
 * @param acceptedIssuers the authorities; empty if the server listed none
 */
public record PresentedCertificate(List<X509Certificate> chain, List<Principal> acceptedIssuers) {

    static PresentedCertificate of(X509Certificate[] chain, Principal @Nullable [] issuers) {
        return new PresentedCertificate(List.of(chain), issuers == null ? List.of() : List.of(issuers));
    }

    /** {@return whether the server listed authorities, and none of them issued a certificate of the chain} */
    public boolean isOfUnlistedIssuer() {
        for (X509Certificate certificate : chain) {
            if (acceptedIssuers.contains(certificate.getIssuerX500Principal())) {
                return false;
            }
        }
        return !acceptedIssuers.isEmpty();
    }

    /** {@return a common name of the client's certificate; its whole subject if it has none} */
    public String name() {
        List<String> names = CertificateNames.commonNames(chain.get(0));
        return names.isEmpty() ? chain.get(0).getSubjectX500Principal().getName() : names.get(0);
    }

    /** {@return the last certificate of the chain} */
    public X509Certificate last() {
        return chain.get(chain.size() - 1);
    }
}
