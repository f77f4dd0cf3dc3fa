package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import java.time.Duration;

/**
 * Records the events of one pool with its attributes. Values are recorded on the thread where the event happens, so that the
 * SDK can attach the current span as an exemplar. Thread-safe.
 */
final class PoolRecorder {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final PoolAttributes attributes;
    private final ErrorTypes errorTypes = new ErrorTypes();
    private final DoubleHistogram waitTimes;
    private final DoubleHistogram useTimes;
    private final DoubleHistogram createTimes;
    private final DoubleHistogram refreshDurations;
    private final DoubleHistogram rotationDurations;
    private final LongCounter timeouts;
    private final LongCounter creations;
    private final LongCounter refreshFailures;
    private final LongCounter rotations;

    PoolRecorder(Instruments instruments, PoolAttributes attributes) {
        this.attributes = attributes;
        this.waitTimes = instruments.histogram(MetricDefinition.WAIT_TIME);
        this.useTimes = instruments.histogram(MetricDefinition.USE_TIME);
        this.createTimes = instruments.histogram(MetricDefinition.CREATE_TIME);
        this.refreshDurations = instruments.histogram(MetricDefinition.REFRESH_DURATION);
        this.rotationDurations = instruments.histogram(MetricDefinition.ROTATION_DURATION);
        this.timeouts = instruments.counter(MetricDefinition.TIMEOUTS);
        this.creations = instruments.counter(MetricDefinition.CREATIONS);
        this.refreshFailures = instruments.counter(MetricDefinition.REFRESH_FAILURES);
        this.rotations = instruments.counter(MetricDefinition.ROTATIONS);
    }

    PoolAttributes attributes() {
        return attributes;
    }

    /** Starts the counters at 0: a rate can only be computed from a series that exists before the first event. */
    void start(boolean measuresPool, boolean canRotate, boolean reportsRefreshes) {
        if (measuresPool) {
            timeouts.add(0, attributes.pool());
        }
        creations.add(0, attributes.pool());
        if (canRotate) {
            rotations.add(0, attributes.pool());
        }
        if (reportsRefreshes) {
            refreshFailures.add(0, attributes.credentials());
        }
    }

    void waited(long nanos) {
        waitTimes.record(nanos / NANOS_PER_SECOND, attributes.pool());
    }

    void used(long millis) {
        useTimes.record(millis / MILLIS_PER_SECOND, attributes.pool());
    }

    void timedOut() {
        timeouts.add(1, attributes.pool());
    }

    void created(HostAndPort server) {
        creations.add(1, attributes.server(server));
    }

    void createTime(HostAndPort server, Duration duration) {
        createTimes.record(seconds(duration), attributes.server(server));
    }

    void failed(ConnectionFailed event) {
        Attributes failure = attributes.server(new HostAndPort(event.host(), event.port())).toBuilder()
                .put(AttributeKeys.ERROR_TYPE, errorTypes.of(event.sqlState()))
                .put(AttributeKeys.FAILURE_KIND, event.failure().value())
                .build();
        creations.add(1, failure);
    }

    void refreshed(CredentialsRefreshed event) {
        Attributes source = attributes.credentials();
        if (event.succeeded()) {
            refreshDurations.record(seconds(event.duration()), source);
        } else {
            Attributes failure = source.toBuilder()
                    .put(AttributeKeys.ERROR_TYPE, ErrorTypes.OTHER)
                    .build();
            refreshDurations.record(seconds(event.duration()), failure);
            refreshFailures.add(1, source);
        }
    }

    void rotationProven() {
        rotations.add(1, attributes.pool());
    }

    void rotationCompleted(Duration duration) {
        rotationDurations.record(seconds(duration), attributes.pool());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
