package dev.wellhead.otel;

import dev.wellhead.internal.metrics.ErrorTypes;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.internal.metrics.OpenConnectionCounts;
import dev.wellhead.internal.metrics.PoolRecorder;
import dev.wellhead.internal.metrics.PoolTelemetry;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records the metrics of one pool with its attributes: events on the thread where they happen, states when metrics are
 * collected. Thread-safe.
 */
final class InstrumentRecorder implements PoolRecorder {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final Instruments instruments;
    private final PoolAttributes attributes;
    private final ErrorTypes errorTypes = new ErrorTypes();
    private volatile @Nullable PoolTelemetry telemetry;

    InstrumentRecorder(Instruments instruments, PoolAttributes attributes) {
        this.instruments = instruments;
        this.attributes = attributes;
    }

    @Override
    public void start(PoolTelemetry pool) {
        telemetry = pool;
        instruments.add(MetricDefinition.CREATIONS, 0, attributes.pool());
        for (ConnectionsLost.Reason reason : ConnectionsLost.Reason.values()) {
            instruments.add(MetricDefinition.LOSSES, 0, withReason(attributes.pool(), reason));
        }
        if (pool.measuresPool()) {
            instruments.add(MetricDefinition.TIMEOUTS, 0, attributes.pool());
        }
        if (pool.canRotate()) {
            instruments.add(MetricDefinition.ROTATIONS, 0, attributes.pool());
        }
        if (pool.reportsRefreshes()) {
            instruments.add(MetricDefinition.REFRESH_FAILURES, 0, attributes.credentials());
        }
    }

    @Override
    public void waited(long nanos) {
        instruments.record(MetricDefinition.WAIT_TIME, nanos / NANOS_PER_SECOND, attributes.pool());
    }

    @Override
    public void used(long millis) {
        instruments.record(MetricDefinition.USE_TIME, millis / MILLIS_PER_SECOND, attributes.pool());
    }

    @Override
    public void timedOut() {
        instruments.add(MetricDefinition.TIMEOUTS, 1, attributes.pool());
    }

    @Override
    public void created(HostAndPort server) {
        instruments.add(MetricDefinition.CREATIONS, 1, attributes.server(server));
    }

    @Override
    public void createTime(HostAndPort server, Duration duration) {
        instruments.record(MetricDefinition.CREATE_TIME, seconds(duration), attributes.server(server));
    }

    @Override
    public void failed(ConnectionFailed event) {
        Attributes server = attributes.server(new HostAndPort(event.host(), event.port()));
        Attributes failure = server.toBuilder()
                .put(AttributeKeys.ERROR_TYPE, errorTypes.of(event.sqlState()))
                .put(AttributeKeys.FAILURE_KIND, event.failure().value())
                .build();
        instruments.add(MetricDefinition.CREATIONS, 1, failure);
    }

    @Override
    public void lost(ConnectionsLost event) {
        Attributes server = attributes.server(new HostAndPort(event.host(), event.port()));
        instruments.add(MetricDefinition.LOSSES, event.connections(), withReason(server, event.reason()));
    }

    private static Attributes withReason(Attributes attributes, ConnectionsLost.Reason reason) {
        return attributes.toBuilder()
                .put(AttributeKeys.LOSS_REASON, reason.name().toLowerCase(Locale.ROOT))
                .build();
    }

    @Override
    public void refreshed(CredentialsRefreshed event) {
        Attributes result = attributes.credentials();
        if (!event.succeeded()) {
            instruments.add(MetricDefinition.REFRESH_FAILURES, 1, result);
            result = result.toBuilder()
                    .put(AttributeKeys.ERROR_TYPE, ErrorTypes.OTHER)
                    .build();
        }
        instruments.record(MetricDefinition.REFRESH_DURATION, seconds(event.duration()), result);
    }

    @Override
    public void rotationProven() {
        instruments.add(MetricDefinition.ROTATIONS, 1, attributes.pool());
    }

    @Override
    public void rotationCompleted(Duration duration) {
        instruments.record(MetricDefinition.ROTATION_DURATION, seconds(duration), attributes.pool());
    }

    /** Called for every collection of the metrics. */
    void observe() {
        PoolTelemetry pool = telemetry;
        PoolStats stats = pool == null ? null : pool.stats();
        if (pool == null || stats == null) {
            return;
        }
        if (pool.measuresPool()) {
            observePool(stats);
        }
        observeConnections(pool.connections());
        instruments.state(
                MetricDefinition.POOLS, 1, attributes.with(AttributeKeys.SETTINGS_FINGERPRINT, pool.fingerprint()));
        Duration refreshAge = pool.refreshAge();
        if (refreshAge != null) {
            instruments.gauge(MetricDefinition.REFRESH_AGE, seconds(refreshAge), attributes.credentials());
        }
    }

    private void observePool(PoolStats stats) {
        Attributes idle = attributes.with(AttributeKeys.CONNECTION_STATE, "idle");
        Attributes used = attributes.with(AttributeKeys.CONNECTION_STATE, "used");
        instruments.state(MetricDefinition.CONNECTION_COUNT, stats.idle(), idle);
        instruments.state(MetricDefinition.CONNECTION_COUNT, stats.used(), used);
        instruments.state(MetricDefinition.CONNECTION_LIMIT, stats.maximumPoolSize(), attributes.pool());
        instruments.state(MetricDefinition.CONNECTION_IDLE_MIN, stats.minimumIdle(), attributes.pool());
        // HikariCP has no limit of its own for idle connections
        instruments.state(MetricDefinition.CONNECTION_IDLE_MAX, stats.maximumPoolSize(), attributes.pool());
        instruments.state(MetricDefinition.PENDING_REQUESTS, stats.pending(), attributes.pool());
    }

    /**
     * Reports the connections by the generation of their credentials and by TLS version, and when certificates expire.
     * HikariCP does not have these values.
     */
    private void observeConnections(OpenConnectionCounts connections) {
        Attributes current = attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "current");
        Attributes previous = attributes.with(AttributeKeys.CREDENTIALS_GENERATION, "previous");
        instruments.state(MetricDefinition.GENERATION_CONNECTIONS, connections.current(), current);
        instruments.state(MetricDefinition.GENERATION_CONNECTIONS, connections.previous(), previous);
        Duration age = connections.credentialsAge();
        if (age != null) {
            instruments.gauge(MetricDefinition.CREDENTIALS_AGE, seconds(age), attributes.pool());
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

    /** {@return the unit of all durations in the semantic conventions} */
    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
