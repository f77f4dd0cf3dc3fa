package dev.wellhead.internal.connect.tls;

import dev.wellhead.internal.text.SafeText;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** Names from certificates for messages. They come from outside, so they are made safe to show. */
final class PrincipalText {

    private static final int LONGEST = 200;

    private PrincipalText() {}

    static String subject(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return of(certificate.getIssuerX500Principal());
    }

    static String of(X500Principal principal) {
        return quoted(principal.getName());
    }

    static String quoted(String name) {
        return "'" + shortened(name, LONGEST) + "'";
    }

    static String shortened(String name, int longest) {
        return SafeText.of(name, longest);
    }
}
