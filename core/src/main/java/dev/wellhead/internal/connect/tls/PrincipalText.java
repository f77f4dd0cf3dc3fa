package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.SafeText;
import java.security.cert.X509Certificate;

/** Formats names from certificates for messages, as text that is safe to show. */
final class PrincipalText {

    private static final int LONGEST = 200;

    private PrincipalText() {}

    static String subject(X509Certificate certificate) {
        return quoted(certificate.getSubjectX500Principal().getName());
    }

    static String issuer(X509Certificate certificate) {
        return quoted(certificate.getIssuerX500Principal().getName());
    }

    static String quoted(String name) {
        return "'" + SafeText.of(name, LONGEST) + "'";
    }
}
