package dev.wellhead.cli.doctor;

import dev.wellhead.cli.output.Quantity;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Describes a TLS session: its protocol, the server's certificate, its expiry, and how it was verified. */
public final class TlsCheck {

    /** Enough time to renew a certificate by hand; an automatic renewal is done by then. */
    private static final Duration EXPIRES_SOON = Duration.ofDays(14);

    private static final String JVM = "the trust store of the JVM";

    private final @Nullable DatabaseSettings settings;
    private final SSLSession session;
    private final Clock clock;

    /** @param settings of the database or of the cache; null for a service that the trust store of the JVM has verified */
    public TlsCheck(@Nullable DatabaseSettings settings, SSLSession session, Clock clock) {
        this.settings = settings;
        this.session = session;
        this.clock = clock;
    }

    /** {@return the result of a stage; a certificate that expires soon or is not verified fully is a warning} */
    public StageResult result(Stage stage) {
        List<X509Certificate> chain = chain();
        String protocol = session.getProtocol();
        if (chain.isEmpty()) {
            return StageResult.ok(stage, protocol + ", without a certificate").with("protocol", protocol);
        }
        List<String> names = names(chain.get(0));
        Instant expiry = chain.get(0).getNotAfter().toInstant();
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            expiry = end.isBefore(expiry) ? end : expiry;
        }
        long days = Duration.between(clock.instant(), expiry).toDays();
        boolean expired = expiry.isBefore(clock.instant());
        String text = protocol + ", certificate for " + SafeText.of(String.join(", ", names))
                + (chain.size() == 1 ? "" : " in a chain of " + chain.size()) + ", "
                + (expired ? "expired" : expiresIn(days)) + ", " + verification();
        return result(stage, text, days)
                .with("protocol", protocol)
                .with("cipher", session.getCipherSuite())
                .with("names", names)
                .with(
                        "issuer",
                        chain.get(chain.size() - 1).getIssuerX500Principal().getName())
                .with("expires", expiry.toString())
                .with("daysToExpiry", days)
                .with("trust", settings == null ? JVM : anchors(settings, "none"));
    }

    private static String expiresIn(long days) {
        return days == 0 ? "expires within a day" : "expires in " + Quantity.of(days, "day");
    }

    private StageResult result(Stage stage, String text, long days) {
        String fix;
        if (settings != null && settings.trustAnchors().isEmpty()) {
            fix = "Set " + settings.variable(Settings.SSLROOTCERT)
                    + " to the root certificate of the authority that issued the server's certificate.";
        } else if (days < EXPIRES_SOON.toDays()) {
            fix = "Renew the server's certificate and reload the server.";
        } else if (settings != null && settings.sslMode() != SslMode.VERIFY_FULL) {
            fix = "Set " + settings.variable(Settings.SSLMODE) + " to verify-full, which also verifies the host name.";
        } else {
            return StageResult.ok(stage, text);
        }
        return StageResult.warning(stage, text, fix);
    }

    /** {@return what verified the server, in words} */
    private String verification() {
        if (settings == null) {
            return "verified (" + SslMode.VERIFY_FULL + ") with " + JVM;
        }
        String anchors = anchors(settings, "");
        return anchors.isEmpty()
                ? "not verified (" + settings.sslMode() + ", no root certificate)"
                : "verified (" + settings.sslMode() + ") with " + anchors;
    }

    private static String anchors(DatabaseSettings settings, String otherwise) {
        return settings.trustAnchors().map(TrustAnchors::description).orElse(otherwise);
    }

    /** {@return the certificates that the server sent, its own first; empty if it sent none} */
    private List<X509Certificate> chain() {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            // the cipher suite is anonymous
            return List.of();
        }
    }

    /** {@return the subject alternative names of a certificate; its subject if it has none} */
    public static List<String> names(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // the extension is malformed; the subject is shown instead
        }
        if (names.isEmpty()) {
            names.add(leaf.getSubjectX500Principal().getName());
        }
        return names;
    }
}
