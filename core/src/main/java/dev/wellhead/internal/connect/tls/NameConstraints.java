package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.pem.PemException;
import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Determines which authority excludes a name of the server's certificate, and applies the constraints to common names,
 * which the JDK's path validation does not do. Source: RFC 5280, section 4.2.1.10; OpenSSL, NAME_CONSTRAINTS_check_CN.
 */
final class NameConstraints {

    /** The type of GeneralName that {@link X509CertSelector} uses for DNS names. */
    private static final int DNS = 2;

    private NameConstraints() {}

    static void check(List<X509Certificate> chain) throws ServerCertificateException {
        for (int i = 1; i < chain.size(); i++) {
            ChainPosition authority = new ChainPosition(chain, i);
            if (Extensions.has(authority.certificate(), Extensions.NAME_CONSTRAINTS)) {
                checkWellFormed(authority);
                for (String name : dnsNames(chain.get(0))) {
                    checkPermitted(authority, name);
                }
            }
        }
    }

    private static void checkWellFormed(ChainPosition authority) throws ServerCertificateException {
        try {
            new X509CertSelector()
                    .setNameConstraints(Extensions.content(authority.certificate(), Extensions.NAME_CONSTRAINTS));
        } catch (IOException | PemException malformed) {
            throw ServerCertificateException.invalid(
                    authority.text() + " has a malformed extension (name constraints)",
                    "Replace the authority's certificate.");
        }
    }

    private static void checkPermitted(ChainPosition authority, String name) throws ServerCertificateException {
        X509CertSelector selector = new X509CertSelector();
        try {
            selector.addPathToName(DNS, name.startsWith("*.") ? name.substring(2) : name);
        } catch (IOException notAName) {
            // the path validation decides
            return;
        }
        if (!selector.match(authority.certificate())) {
            throw ServerCertificateException.invalid(
                    "a name constraint of " + authority.text() + " excludes the name " + PrincipalText.quoted(name)
                            + " of its certificate",
                    "Let an authority that may issue certificates for this name issue it.");
        }
    }

    /** Returns the DNS names. If there is none, returns the common names that have the form of one, as OpenSSL does. */
    private static List<String> dnsNames(X509Certificate certificate) {
        List<String> names = new CertificateNames(certificate).dns();
        if (!names.isEmpty()) {
            return names;
        }
        List<String> common = new ArrayList<>(1);
        for (String name : CertificateNames.commonNames(certificate)) {
            if (name.indexOf('.') > 0 && name.indexOf(' ') < 0) {
                common.add(name);
            }
        }
        return common;
    }
}
