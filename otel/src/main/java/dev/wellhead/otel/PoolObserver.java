package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.Map;

/** Reports the state of one pool to one collection of the metrics. */
final class PoolObserver {

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final Instruments instruments;
    private final PoolAttributes attributes;

    PoolObserver(Instruments instruments, PoolAttributes attributes) {
        this.instruments = instruments;
        this.attributes = attributes;
    }

    void pool(PoolStats figures) {
        Attributes idle = attributes.with(AttributeKeys.CONNECTION_STATE, "idle");
        Attributes used = attributes.with(AttributeKeys.CONNECTION_STATE, "used");
        instruments.state(MetricDefinition.CONNECTION_COUNT, figures.idle(), idle);
        instruments.state(MetricDefinition.CONNECTION_COUNT, figures.used(), used);
        instruments.state(MetricDefinition.CONNECTION_LIMIT, figures.maximumPoolSize(), attributes.pool());
        instruments.state(MetricDefinition.CONNECTION_IDLE_MIN, figures.minimumIdle(), attributes.pool());
        // HikariCP has no limit of its own for idle connections
        instruments.state(MetricDefinition.CONNECTION_IDLE_MAX, figures.maximumPoolSize(), attributes.pool());
        instruments.state(MetricDefinition.PENDING_REQUESTS, figures.pending(), attributes.pool());
    }

    void connections(OpenConnectionCounts connections) {
        Attributes current = attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "current");
        Attributes previous = attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "previous");
        instruments.state(MetricDefinition.GENERATION_CONNECTIONS, connections.current(), current);
        instruments.state(MetricDefinition.GENERATION_CONNECTIONS, connections.previous(), previous);
        Duration age = connections.credentialsAge();
        if (age != null) {
            instruments.gauge(MetricDefinition.CREDENTIALS_AGE, PoolRecorder.seconds(age), attributes.pool());
        }
        for (Map.Entry<String, Integer> tls : connections.byTlsVersion().entrySet()) {
            Attributes version = attributes.with(AttributeKeys.TLS_VERSION, tls.getKey());
            instruments.state(MetricDefinition.TLS_CONNECTIONS, tls.getValue(), version);
        }
        for (Map.Entry<HostAndPort, Duration> certificate :
                connections.certificateValidity().entrySet()) {
            double days = certificate.getValue().toSeconds() / SECONDS_PER_DAY;
            instruments.gauge(MetricDefinition.CERTIFICATE_EXPIRY, days, attributes.server(certificate.getKey()));
        }
    }

    void sinceRefresh(Duration duration) {
        instruments.gauge(MetricDefinition.REFRESH_AGE, PoolRecorder.seconds(duration), attributes.credentials());
    }

    void settingsFingerprint(String fingerprint) {
        instruments.state(MetricDefinition.POOLS, 1, attributes.with(AttributeKeys.SETTINGS_FINGERPRINT, fingerprint));
    }
}
