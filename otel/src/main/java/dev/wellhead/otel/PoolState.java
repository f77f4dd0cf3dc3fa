package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how one pool is when metrics are collected. Used by one thread at a time. */
final class PoolState {

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final @Nullable PoolStats figures;
    private final Attributes pool;
    private final Attributes source;
    private final Attributes idle;
    private final Attributes used;
    private final Attributes current;
    private final Attributes previous;
    private final Attributes fingerprint;
    private final Map<String, Attributes> tlsVersions = new HashMap<>();

    /**
     * @param figures null where something else measures the pool
     * @param source the pool's attributes with the source of its credentials
     */
    PoolState(@Nullable PoolStats figures, Attributes pool, Attributes source, String fingerprint) {
        this.figures = figures;
        this.pool = pool;
        this.source = source;
        this.idle = pool.toBuilder().put(Keys.CONNECTION_STATE, "idle").build();
        this.used = pool.toBuilder().put(Keys.CONNECTION_STATE, "used").build();
        this.current =
                pool.toBuilder().put(Keys.CREDENTIALS_GENERATION, "current").build();
        this.previous =
                pool.toBuilder().put(Keys.CREDENTIALS_GENERATION, "previous").build();
        this.fingerprint =
                pool.toBuilder().put(Keys.SETTINGS_FINGERPRINT, fingerprint).build();
    }

    void observe(Instruments instruments, Census census, @Nullable Duration sinceRefresh) {
        PoolStats now = figures;
        if (now != null) {
            observe(instruments, now);
        }
        ObservableLongMeasurement generations = instruments.state(Metric.GENERATION_CONNECTIONS);
        generations.record(census.current(), current);
        generations.record(census.previous(), previous);
        Duration age = census.age();
        if (age != null) {
            instruments.gauge(Metric.CREDENTIALS_AGE).record(PoolRecorder.seconds(age), pool);
        }
        if (sinceRefresh != null) {
            instruments.gauge(Metric.REFRESH_AGE).record(PoolRecorder.seconds(sinceRefresh), source);
        }
        for (Map.Entry<String, Integer> version : census.byTlsVersion().entrySet()) {
            instruments.state(Metric.TLS_CONNECTIONS).record(version.getValue(), tls(version.getKey()));
        }
        for (Map.Entry<HostAndPort, Duration> certificate :
                census.certificates().entrySet()) {
            Attributes its = Keys.withServer(pool, certificate.getKey());
            double days = certificate.getValue().toSeconds() / SECONDS_PER_DAY;
            instruments.gauge(Metric.CERTIFICATE_EXPIRY).record(days, its);
        }
        instruments.state(Metric.POOLS).record(1, fingerprint);
    }

    private void observe(Instruments instruments, PoolStats now) {
        ObservableLongMeasurement connections = instruments.state(Metric.CONNECTION_COUNT);
        connections.record(now.idle(), idle);
        connections.record(now.used(), used);
        instruments.state(Metric.CONNECTION_LIMIT).record(now.maximumPoolSize(), pool);
        instruments.state(Metric.CONNECTION_IDLE_MIN).record(now.minimumIdle(), pool);
        instruments.state(Metric.CONNECTION_IDLE_MAX).record(now.maximumPoolSize(), pool);
        instruments.state(Metric.PENDING_REQUESTS).record(now.pending(), pool);
    }

    private Attributes tls(String version) {
        return tlsVersions.computeIfAbsent(
                version, its -> pool.toBuilder().put(Keys.TLS_VERSION, its).build());
    }
}
