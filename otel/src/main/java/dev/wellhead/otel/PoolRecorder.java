package dev.wellhead.otel;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records what happens to one pool, with its attributes. Thread-safe. */
final class PoolRecorder {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Attributes pool;
    private final Attributes source;
    private final Map<HostAndPort, Attributes> servers = new ConcurrentHashMap<>();
    private final FailureAttributes failures = new FailureAttributes();
    private final DoubleHistogram waits;
    private final DoubleHistogram uses;
    private final DoubleHistogram creates;
    private final DoubleHistogram refreshes;
    private final DoubleHistogram rotationTimes;
    private final LongCounter timeouts;
    private final LongCounter creations;
    private final LongCounter refreshFailures;
    private final LongCounter rotations;

    /** @param source the pool's attributes with the source of its credentials */
    PoolRecorder(Instruments instruments, Attributes pool, Attributes source) {
        this.pool = pool;
        this.source = source;
        this.waits = instruments.histogram(Metric.WAIT_TIME);
        this.uses = instruments.histogram(Metric.USE_TIME);
        this.creates = instruments.histogram(Metric.CREATE_TIME);
        this.refreshes = instruments.histogram(Metric.REFRESH_DURATION);
        this.rotationTimes = instruments.histogram(Metric.ROTATION_DURATION);
        this.timeouts = instruments.counter(Metric.TIMEOUTS);
        this.creations = instruments.counter(Metric.CREATIONS);
        this.refreshFailures = instruments.counter(Metric.REFRESH_FAILURES);
        this.rotations = instruments.counter(Metric.ROTATIONS);
    }

    /** Makes the counters be there before there is something to count. */
    void start(boolean measuresPool, boolean mayRotate, boolean refreshes) {
        if (measuresPool) {
            timeouts.add(0, pool);
        }
        creations.add(0, pool);
        if (mayRotate) {
            rotations.add(0, pool);
        }
        if (refreshes) {
            refreshFailures.add(0, source);
        }
    }

    void timedOut() {
        timeouts.add(1, pool);
    }

    /** On the borrower's thread, so that what it works on is found as an exemplar. */
    void waited(long nanos) {
        waits.record(nanos / NANOS_PER_SECOND, pool);
    }

    void used(long nanos) {
        uses.record(nanos / NANOS_PER_SECOND, pool);
    }

    /** Several waits out of one bucket, on behalf of those who waited. */
    void waited(long count, long nanos) {
        record(waits, count, nanos);
    }

    /** Several uses out of one bucket, on behalf of the users. */
    void used(long count, long nanos) {
        record(uses, count, nanos);
    }

    /** There are no bulk instruments in the stable API. */
    private void record(DoubleHistogram histogram, long count, long nanos) {
        // divided in this order, what lies on a bound stays on it
        double each = (double) nanos / count / NANOS_PER_SECOND;
        for (long i = 0; i < count; i++) {
            histogram.record(each, pool, Context.root());
        }
    }

    void created(HostAndPort server) {
        creations.add(1, of(server));
    }

    void createTime(HostAndPort server, Duration duration) {
        creates.record(seconds(duration), of(server));
    }

    void failed(ConnectionFailed event) {
        creations.add(1, failures.of(of(new HostAndPort(event.host(), event.port())), event));
    }

    /** As many as hosts are configured, or as a secret has named. */
    private Attributes of(HostAndPort server) {
        return servers.computeIfAbsent(server, its -> Keys.withServer(pool, its));
    }

    void refreshed(CredentialsRefreshed event) {
        if (event.succeeded()) {
            refreshes.record(seconds(event.duration()), source);
        } else {
            Attributes failed = source.toBuilder()
                    .put(Keys.ERROR_TYPE, FailureAttributes.OTHER)
                    .build();
            refreshes.record(seconds(event.duration()), failed);
            refreshFailures.add(1, source);
        }
    }

    void rotated() {
        rotations.add(1, pool);
    }

    void rotationTook(Duration duration) {
        rotationTimes.record(seconds(duration), pool);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
