package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.MetricDefinition;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A gauge of one pool. Equal only to itself. Thread-safe. */
final class PoolGauge {

    private final MetricDefinition metric;
    private final Tags tags;
    private final Supplier<@Nullable Number> value;

    /** @param value read when metrics are collected; null if there is none at that moment */
    PoolGauge(MetricDefinition metric, Tags tags, Supplier<@Nullable Number> value) {
        this.metric = metric;
        this.tags = tags;
        this.value = value;
    }

    MetricDefinition metric() {
        return metric;
    }

    Tags tags() {
        return tags;
    }

    Number read() {
        Number present = value.get();
        return present == null ? Double.NaN : present;
    }
}
