package dev.wellhead.internal.connect.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One certificate of a chain.
 *
 * @param chain the server's certificate first
 */
record ChainPosition(List<X509Certificate> chain, int index) {

    X509Certificate certificate() {
        return chain.get(index);
    }

    boolean isServer() {
        return index == 0;
    }

    boolean isRoot() {
        return index == chain.size() - 1;
    }

    /** Returns the certificate whose key must have signed this one; the root certificate is its own issuer. */
    X509Certificate issuer() {
        return chain.get(Math.min(index + 1, chain.size() - 1));
    }

    /** Returns the certificate as the subject of a clause about the server. */
    String text() {
        if (isServer()) {
            return "its certificate";
        }
        return (isRoot() ? "the root certificate " : "the intermediate certificate ")
                + PrincipalText.subject(certificate());
    }
}
