package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.AttributeNames;
import dev.wellhead.internal.metrics.ErrorTypes;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.internal.metrics.PoolRecorder;
import dev.wellhead.internal.metrics.PoolTelemetry;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost;
import dev.wellhead.spi.DatabaseListener.CredentialsRefreshed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the meters of one pool in every registry of a factory. Thread-safe. */
final class MeterRecorder implements PoolRecorder {

    private final MeterTags tags;
    private final List<MeterRegistry> bound;
    private final ErrorTypes errorTypes = new ErrorTypes();
    private final PoolGauges gauges;

    private @Nullable PoolTelemetry pool;
    private boolean closed;

    /** One for each registry. An array, because it is read at each acquire and return. */
    private volatile PoolMeters[] registries = {};

    /** @param bound the registries, to which others may be added */
    MeterRecorder(MeterTags tags, List<MeterRegistry> bound) {
        this.tags = tags;
        this.bound = bound;
        this.gauges = new PoolGauges(tags);
    }

    @Override
    public synchronized void start(PoolTelemetry started) {
        pool = started;
        gauges.find(started);
        bound.forEach(this::report);
    }

    /** Begins to report to one registry. */
    synchronized void report(MeterRegistry registry) {
        PoolTelemetry known = pool;
        boolean reported = Arrays.stream(registries).anyMatch(meters -> meters.isIn(registry));
        if (known == null || closed || reported) {
            return;
        }
        PoolMeters added = new PoolMeters(registry, known.measuresPool() ? tags.pool() : null);
        startAtZero(added, known);
        gauges.register(added);
        PoolMeters[] all = Arrays.copyOf(registries, registries.length + 1);
        all[registries.length] = added;
        registries = all;
    }

    private void startAtZero(PoolMeters meters, PoolTelemetry known) {
        meters.add(MetricDefinition.CREATIONS, 0, MeterTags.creation(tags.pool(), MeterTags.NONE, MeterTags.NONE));
        for (ConnectionsLost.Reason reason : ConnectionsLost.Reason.values()) {
            meters.add(MetricDefinition.LOSSES, 0, withReason(tags.pool(), reason));
        }
        if (known.measuresPool()) {
            meters.add(MetricDefinition.TIMEOUTS, 0, tags.pool());
        }
        if (known.canRotate()) {
            meters.add(MetricDefinition.ROTATIONS, 0, tags.pool());
        }
        if (known.reportsRefreshes()) {
            meters.add(MetricDefinition.REFRESH_FAILURES, 0, tags.credentials());
        }
    }

    /** Registers the gauges whose tags are known only now: the server, its certificate, the TLS version. */
    synchronized void observe() {
        PoolTelemetry known = pool;
        if (known != null && !closed) {
            gauges.find(known);
            for (PoolMeters meters : registries) {
                gauges.register(meters);
            }
        }
    }

    /** Removes all meters. */
    synchronized void close() {
        closed = true;
        for (PoolMeters meters : registries) {
            meters.remove();
        }
        registries = new PoolMeters[0];
    }

    @Override
    public void waited(long nanos) {
        for (PoolMeters meters : registries) {
            meters.waited(nanos);
        }
    }

    @Override
    public void used(long millis) {
        for (PoolMeters meters : registries) {
            meters.used(millis);
        }
    }

    @Override
    public void timedOut() {
        inAll(meters -> meters.add(MetricDefinition.TIMEOUTS, 1, tags.pool()));
    }

    @Override
    public void created(HostAndPort server) {
        Tags success = MeterTags.creation(tags.server(server), MeterTags.NONE, MeterTags.NONE);
        inAll(meters -> meters.add(MetricDefinition.CREATIONS, 1, success));
        observe();
    }

    @Override
    public void createTime(HostAndPort server, Duration duration) {
        inAll(meters -> meters.record(MetricDefinition.CREATE_TIME, duration, tags.server(server)));
    }

    @Override
    public void failed(ConnectionFailed event) {
        Tags server = tags.server(new HostAndPort(event.host(), event.port()));
        Tags failure = MeterTags.creation(
                server, errorTypes.of(event.sqlState()), event.failure().value());
        inAll(meters -> meters.add(MetricDefinition.CREATIONS, 1, failure));
    }

    @Override
    public void lost(ConnectionsLost event) {
        Tags server = tags.server(new HostAndPort(event.host(), event.port()));
        Tags reason = withReason(server, event.reason());
        inAll(meters -> meters.add(MetricDefinition.LOSSES, event.connections(), reason));
    }

    private static Tags withReason(Tags tags, ConnectionsLost.Reason reason) {
        return tags.and(AttributeNames.LOSS_REASON, reason.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void refreshed(CredentialsRefreshed event) {
        String error = event.succeeded() ? MeterTags.NONE : ErrorTypes.OTHER;
        Tags result = tags.credentials().and(AttributeNames.ERROR_TYPE, error);
        inAll(meters -> {
            if (!event.succeeded()) {
                meters.add(MetricDefinition.REFRESH_FAILURES, 1, tags.credentials());
            }
            meters.record(MetricDefinition.REFRESH_DURATION, event.duration(), result);
        });
    }

    @Override
    public void rotationProven() {
        inAll(meters -> meters.add(MetricDefinition.ROTATIONS, 1, tags.pool()));
    }

    @Override
    public void rotationCompleted(Duration duration) {
        inAll(meters -> meters.record(MetricDefinition.ROTATION_DURATION, duration, tags.pool()));
    }

    /** With the lock, so that no event adds a meter after {@link #close}. */
    private synchronized void inAll(Consumer<PoolMeters> event) {
        for (PoolMeters meters : registries) {
            event.accept(meters);
        }
    }
}
