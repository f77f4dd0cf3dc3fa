package dev.wellhead.spring.boot.actuate;

import dev.wellhead.spi.DatabaseListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The age of the credentials and the expiry of the server's certificate, from the events of one database. Thread-safe. */
final class DatabaseVitals implements DatabaseListener {

    private final InstantSource clock;
    private long newestGeneration = Long.MIN_VALUE;

    /** When the server first accepted the newest credentials. */
    private @Nullable Instant newestSince;

    private @Nullable Instant certificateExpiry;
    private @Nullable String tls;

    private @Nullable Instant refreshedAt;
    private boolean refreshFailed;

    DatabaseVitals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void connectionOpened(ConnectionOpened event) {
        if (event.generation() > newestGeneration) {
            newestGeneration = event.generation();
            newestSince = clock.instant();
        }
        certificateExpiry = event.certificateExpiry().orElse(null);
        tls = event.tls();
    }

    @Override
    public synchronized void credentialsRefreshed(CredentialsRefreshed event) {
        refreshFailed = !event.succeeded();
        if (event.succeeded()) {
            refreshedAt = clock.instant();
        }
    }

    /** {@return the age of the credentials, their last refresh, and the expiry of the certificate, as far as they are known} */
    synchronized Map<String, Object> credentials() {
        Map<String, Object> details = new LinkedHashMap<>();
        if (newestSince != null) {
            details.put("age", since(newestSince));
        }
        if (refreshedAt != null) {
            details.put("refreshAge", since(refreshedAt));
        }
        if (refreshedAt != null || refreshFailed) {
            details.put("lastRefresh", refreshFailed ? "failed" : "succeeded");
        }
        return details;
    }

    /** {@return the TLS version of the newest connection, and when the server's certificate expires} */
    synchronized Map<String, Object> tls() {
        Map<String, Object> details = new LinkedHashMap<>();
        if (tls != null) {
            details.put("version", tls);
        }
        if (certificateExpiry != null) {
            details.put("certificateExpiry", certificateExpiry.toString());
        }
        return details;
    }

    private String since(Instant time) {
        return Duration.between(time, clock.instant())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
