package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.MetricDefinition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one pool in one registry. Thread-safe. */
final class PoolMeters {

    /** By OpenTelemetry's unit. Timers are in the unit of the registry, and counts have no base unit in Micrometer. */
    private static final Map<String, String> BASE_UNITS = Map.of("s", "seconds", "d", "days");

    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
    private final Set<PoolGauge> gauges = ConcurrentHashMap.newKeySet();

    /** Looked up once: recording a wait or a use must not allocate. Null if the pool is not measured. */
    private final @Nullable Timer waitTime;

    private final @Nullable Timer useTime;

    /** @param pool the tags of the times of waits and uses; null if they are not measured */
    PoolMeters(MeterRegistry registry, @Nullable Tags pool) {
        this.registry = registry;
        this.waitTime = pool == null ? null : timer(MetricDefinition.WAIT_TIME, pool);
        this.useTime = pool == null ? null : timer(MetricDefinition.USE_TIME, pool);
    }

    boolean isIn(MeterRegistry other) {
        return registry == other;
    }

    void waited(long nanos) {
        if (waitTime != null) {
            waitTime.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    void used(long millis) {
        if (useTime != null) {
            useTime.record(millis, TimeUnit.MILLISECONDS);
        }
    }

    void add(MetricDefinition metric, double count, Tags tags) {
        Counter counter = Counter.builder(metric.metricName())
                .description(metric.description())
                .tags(tags)
                .register(registry);
        meters.add(counter);
        counter.increment(count);
    }

    void record(MetricDefinition metric, Duration duration, Tags tags) {
        timer(metric, tags).record(duration);
    }

    /** The expected values decide which buckets a percentile histogram has, if the application asks for one. */
    private Timer timer(MetricDefinition metric, Tags tags) {
        List<Double> bounds = metric.buckets();
        Timer timer = Timer.builder(metric.metricName())
                .description(metric.description())
                .tags(tags)
                .minimumExpectedValue(duration(bounds.get(0)))
                .maximumExpectedValue(duration(bounds.get(bounds.size() - 1)))
                .register(registry);
        meters.add(timer);
        return timer;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    /** Registers a gauge once: Micrometer logs a warning if a gauge is registered again. */
    void register(PoolGauge gauge) {
        if (gauges.add(gauge)) {
            MetricDefinition metric = gauge.metric();
            meters.add(Gauge.builder(metric.metricName(), gauge::read)
                    .description(metric.description())
                    .baseUnit(BASE_UNITS.get(metric.unit()))
                    .tags(gauge.tags())
                    .register(registry));
        }
    }

    /** Removes the meters from the registry. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
