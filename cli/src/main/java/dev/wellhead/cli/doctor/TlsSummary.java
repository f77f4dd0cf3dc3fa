package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What can be said of a TLS session: protocol, certificate, who vouches for it, how long. */
final class TlsSummary {

    /** Time enough to renew by hand; what renews itself has done so by then. */
    private static final Duration SOON = Duration.ofDays(14);

    private final DatabaseSettings settings;
    private final SSLSession session;
    private final Clock clock;

    TlsSummary(DatabaseSettings settings, SSLSession session, Clock clock) {
        this.settings = settings;
        this.session = session;
        this.clock = clock;
    }

    Result result() {
        List<X509Certificate> chain = chain();
        String protocol = session.getProtocol();
        if (chain.isEmpty()) {
            return Result.ok(Stage.TLS, protocol).with("protocol", protocol);
        }
        List<String> names = names(chain.get(0));
        Instant expiry = chain.get(0).getNotAfter().toInstant();
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            expiry = end.isBefore(expiry) ? end : expiry;
        }
        long days = Duration.between(clock.instant(), expiry).toDays();
        String text = protocol + ", a chain of " + chain.size() + ", for " + String.join(", ", names) + ", "
                + (days < 0 ? "expired" : days + (days == 1 ? " day" : " days") + " to expiry") + ", " + trust();
        return verdict(text, days)
                .with("protocol", protocol)
                .with("cipher", session.getCipherSuite())
                .with("names", names)
                .with(
                        "issuer",
                        chain.get(chain.size() - 1).getIssuerX500Principal().getName())
                .with("expires", expiry.toString())
                .with("daysToExpiry", days)
                .with(
                        "trust",
                        settings.trustAnchors().map(TrustAnchors::description).orElse("none"));
    }

    private Result verdict(String text, long days) {
        if (settings.trustAnchors().isEmpty()) {
            return Result.warning(
                    Stage.TLS,
                    text,
                    "Set " + settings.variable(Settings.SSLROOTCERT) + " to the root certificate of the authority.");
        }
        if (days < SOON.toDays()) {
            return Result.warning(
                    Stage.TLS, text, "Renew the server's certificate and reload the server (pg_ctl reload).");
        }
        if (settings.sslMode() != SslMode.VERIFY_FULL) {
            return Result.warning(
                    Stage.TLS,
                    text,
                    "Set " + settings.variable(Settings.SSLMODE) + " to verify-full: the name counts.");
        }
        return Result.ok(Stage.TLS, text);
    }

    private String trust() {
        return settings.trustAnchors()
                .map(anchors -> "verified (" + settings.sslMode() + ") by " + anchors.description())
                .orElse("not verified (" + settings.sslMode() + ", no root certificate)");
    }

    private List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException anonymous) {
            // a suite without certificates
        }
        return chain;
    }

    private static List<String> names(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        } catch (CertificateParsingException unreadable) {
            // the subject is left
        }
        if (names.isEmpty()) {
            names.add(leaf.getSubjectX500Principal().getName());
        }
        return names;
    }
}
