package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;

/** Records the events of one pool with its attributes, on the thread where they happen. Thread-safe. */
final class PoolRecorder {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Instruments instruments;
    private final PoolAttributes attributes;
    private final ErrorTypes errorTypes = new ErrorTypes();

    PoolRecorder(Instruments instruments, PoolAttributes attributes) {
        this.instruments = instruments;
        this.attributes = attributes;
    }

    PoolAttributes attributes() {
        return attributes;
    }

    /** Starts the counters at 0: a rate can only be computed from a series that exists before the first event. */
    void start(boolean measuresPool, boolean canRotate, boolean reportsRefreshes) {
        instruments.add(MetricDefinition.CREATIONS, 0, attributes.pool());
        if (measuresPool) {
            instruments.add(MetricDefinition.TIMEOUTS, 0, attributes.pool());
        }
        if (canRotate) {
            instruments.add(MetricDefinition.ROTATIONS, 0, attributes.pool());
        }
        if (reportsRefreshes) {
            instruments.add(MetricDefinition.REFRESH_FAILURES, 0, attributes.credentials());
        }
    }

    void waited(long nanos) {
        instruments.record(MetricDefinition.WAIT_TIME, nanos / NANOS_PER_SECOND, attributes.pool());
    }

    void used(long millis) {
        instruments.record(MetricDefinition.USE_TIME, millis / MILLIS_PER_SECOND, attributes.pool());
    }

    void timedOut() {
        instruments.add(MetricDefinition.TIMEOUTS, 1, attributes.pool());
    }

    void created(HostAndPort server) {
        instruments.add(MetricDefinition.CREATIONS, 1, attributes.server(server));
    }

    void createTime(HostAndPort server, Duration duration) {
        instruments.record(MetricDefinition.CREATE_TIME, seconds(duration), attributes.server(server));
    }

    void failed(ConnectionFailed event) {
        Attributes server = attributes.server(new HostAndPort(event.host(), event.port()));
        Attributes failure = server.toBuilder()
                .put(AttributeKeys.ERROR_TYPE, errorTypes.of(event.sqlState()))
                .put(AttributeKeys.FAILURE_KIND, event.failure().value())
                .build();
        instruments.add(MetricDefinition.CREATIONS, 1, failure);
    }

    void refreshed(CredentialsRefreshed event) {
        Attributes result = attributes.credentials();
        if (!event.succeeded()) {
            instruments.add(MetricDefinition.REFRESH_FAILURES, 1, result);
            result = result.toBuilder()
                    .put(AttributeKeys.ERROR_TYPE, ErrorTypes.OTHER)
                    .build();
        }
        instruments.record(MetricDefinition.REFRESH_DURATION, seconds(event.duration()), result);
    }

    void rotationProven() {
        instruments.add(MetricDefinition.ROTATIONS, 1, attributes.pool());
    }

    void rotationCompleted(Duration duration) {
        instruments.record(MetricDefinition.ROTATION_DURATION, seconds(duration), attributes.pool());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
