package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.PoolFigures;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
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

    void pool(PoolFigures figures) {
        ObservableLongMeasurement connections = instruments.state(MetricDefinition.CONNECTION_COUNT);
        connections.record(figures.idle(), attributes.with(AttributeKeys.CONNECTION_STATE, "idle"));
        connections.record(figures.used(), attributes.with(AttributeKeys.CONNECTION_STATE, "used"));
        record(MetricDefinition.CONNECTION_LIMIT, figures.maximumPoolSize());
        record(MetricDefinition.CONNECTION_IDLE_MIN, figures.minimumIdle());
        // HikariCP has no limit of its own for idle connections
        record(MetricDefinition.CONNECTION_IDLE_MAX, figures.maximumPoolSize());
        record(MetricDefinition.PENDING_REQUESTS, figures.pending());
    }

    private void record(MetricDefinition metric, long value) {
        instruments.state(metric).record(value, attributes.pool());
    }

    void connections(OpenConnectionCounts connections) {
        ObservableLongMeasurement generations = instruments.state(MetricDefinition.GENERATION_CONNECTIONS);
        generations.record(connections.current(), attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "current"));
        generations.record(connections.previous(), attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "previous"));
        Duration age = connections.credentialsAge();
        if (age != null) {
            instruments.gauge(MetricDefinition.CREDENTIALS_AGE).record(PoolRecorder.seconds(age), attributes.pool());
        }
        for (Map.Entry<String, Integer> version : connections.byTlsVersion().entrySet()) {
            instruments
                    .state(MetricDefinition.TLS_CONNECTIONS)
                    .record(version.getValue(), attributes.with(AttributeKeys.TLS_VERSION, version.getKey()));
        }
        for (Map.Entry<HostAndPort, Duration> certificate :
                connections.certificateValidity().entrySet()) {
            instruments
                    .gauge(MetricDefinition.CERTIFICATE_EXPIRY)
                    .record(
                            certificate.getValue().toSeconds() / SECONDS_PER_DAY,
                            attributes.server(certificate.getKey()));
        }
    }

    void sinceRefresh(Duration duration) {
        instruments
                .gauge(MetricDefinition.REFRESH_AGE)
                .record(PoolRecorder.seconds(duration), attributes.credentials());
    }

    void settingsFingerprint(String fingerprint) {
        instruments
                .state(MetricDefinition.POOLS)
                .record(1, attributes.with(AttributeKeys.SETTINGS_FINGERPRINT, fingerprint));
    }
}
