package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.connect.tls.PresentedCertificate;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises and explains the refusal of a client certificate. Used only if one was sent. */
final class ClientCertificateAdvice {

    /** The beginning of the JDK's message about an alert of the peer. */
    private static final String ALERT = "Received fatal alert: ";

    private static final int MOST_ISSUERS = 3;

    private final DatabaseSettings settings;
    private final PresentedCertificate presented;

    ClientCertificateAdvice(DatabaseSettings settings, PresentedCertificate presented) {
        this.settings = settings;
        this.presented = presented;
    }

    /**
     * {@return the failure of a login that ended after the client certificate was sent and before the server answered;
     * null if the failure has another reason} In TLS 1.3 the client completes the handshake before the server checks
     * the certificate. The alert of the server can be lost when the server closes the connection.
     *
     * @param mayBeLost whether there may have been an alert that was lost: the connection broke, and the server has not
     *     accepted the same certificate before
     */
    @Nullable
    ServerFailure refusal(FailedStep step, Throwable thrown, boolean mayBeLost) {
        String alert = alert(thrown);
        if (alert == null && !mayBeLost) {
            return null;
        }
        return step.as(
                FailureKind.TLS_FAILED,
                Reason.ofServer(
                        alert == null
                                ? "closed the connection after it had received the client certificate, so it has"
                                        + " probably refused it"
                                : "refused the client certificate (TLS alert " + Clause.of(alert) + ")"),
                List.of(refusalAdvice()),
                Settings.SSLCERT,
                Settings.SSLKEY);
    }

    private String refusalAdvice() {
        if (!presented.isOfUnlistedIssuer()) {
            return "Check " + SettingReference.of(settings, Settings.SSLCERT, "and", Settings.SSLKEY)
                    + ". The server's log has the reason; the server trusts the authorities in its ssl_ca_file.";
        }
        return "The server accepts certificates of " + issuers() + ". The last certificate in "
                + SettingReference.of(settings, Settings.SSLCERT)
                + " was issued by '" + name(presented.last().getIssuerX500Principal())
                + "': add the intermediate certificates, or use a certificate of one of these authorities.";
    }

    private String issuers() {
        List<String> names = new ArrayList<>();
        for (Principal issuer : presented.acceptedIssuers()) {
            if (names.size() < MOST_ISSUERS) {
                names.add("'" + name(issuer) + "'");
            }
        }
        int others = presented.acceptedIssuers().size() - names.size();
        return String.join(", ", names) + (others > 0 ? " and " + others + " others" : "");
    }

    private static String name(Principal principal) {
        return SafeText.of(principal.getName());
    }

    /** {@return advice about a refused user; empty if the certificate is for this user} */
    List<String> ofUser(String user) {
        String subject = presented.name();
        if (subject.equals(user)) {
            return List.of();
        }
        return List.of("The client certificate in " + SettingReference.of(settings, Settings.SSLCERT) + " is for '"
                + SafeText.of(subject) + "', not for '" + SafeText.of(user)
                + "'. If the server compares them, use a certificate for the"
                + " user, change " + SettingReference.of(settings, Settings.USER)
                + ", or map the names in pg_ident.conf.");
    }

    private static @Nullable String alert(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            int start = message == null ? -1 : message.indexOf(ALERT);
            if (message != null && start >= 0) {
                return message.substring(start + ALERT.length());
            }
        }
        return null;
    }
}
