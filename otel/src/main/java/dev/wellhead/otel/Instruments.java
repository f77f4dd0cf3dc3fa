package dev.wellhead.otel;

import dev.wellhead.internal.metrics.MetricDefinition;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The instruments of one database. Events are recorded when they happen, with {@link #record} and {@link #add}. States are
 * observed when metrics are collected, with {@link #state} and {@link #gauge} in the callback of {@link #onCollection}.
 * Thread-safe.
 */
final class Instruments {

    private static final String SCOPE = "dev.wellhead.otel";

    /** The version of the semantic conventions that the names and attributes follow. */
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.45.0";

    private final Meter meter;
    private final Map<MetricDefinition, DoubleHistogram> histograms = new EnumMap<>(MetricDefinition.class);
    private final Map<MetricDefinition, LongCounter> counters = new EnumMap<>(MetricDefinition.class);
    private final Map<MetricDefinition, ObservableLongMeasurement> states = new EnumMap<>(MetricDefinition.class);
    private final Map<MetricDefinition, ObservableDoubleMeasurement> gauges = new EnumMap<>(MetricDefinition.class);

    Instruments(OpenTelemetry openTelemetry) {
        this.meter = openTelemetry
                .getMeterProvider()
                .meterBuilder(SCOPE)
                .setSchemaUrl(SCHEMA)
                .build();
        for (MetricDefinition metric : MetricDefinition.values()) {
            create(metric, metric.metricName(), metric.unit(), metric.description());
        }
    }

    private void create(MetricDefinition metric, String name, String unit, String description) {
        switch (metric.instrument()) {
            case HISTOGRAM -> {
                var builder = meter.histogramBuilder(name).setUnit(unit).setDescription(description);
                histograms.put(
                        metric,
                        builder.setExplicitBucketBoundariesAdvice(metric.buckets())
                                .build());
            }
            case COUNTER -> {
                var builder = meter.counterBuilder(name).setUnit(unit).setDescription(description);
                counters.put(metric, builder.build());
            }
            case UP_DOWN_COUNTER -> {
                var builder = meter.upDownCounterBuilder(name).setUnit(unit).setDescription(description);
                states.put(metric, builder.buildObserver());
            }
            case GAUGE -> {
                var builder = meter.gaugeBuilder(name).setUnit(unit).setDescription(description);
                gauges.put(metric, builder.buildObserver());
            }
        }
    }

    /** Records a value of a histogram. The SDK may attach the current span of this thread as an exemplar. */
    void record(MetricDefinition metric, double seconds, Attributes attributes) {
        Objects.requireNonNull(histograms.get(metric)).record(seconds, attributes);
    }

    /** Adds to a counter. */
    void add(MetricDefinition metric, long count, Attributes attributes) {
        Objects.requireNonNull(counters.get(metric)).add(count, attributes);
    }

    /** Observes the value of an up-down counter. */
    void state(MetricDefinition metric, long value, Attributes attributes) {
        Objects.requireNonNull(states.get(metric)).record(value, attributes);
    }

    /** Observes the value of a gauge. */
    void gauge(MetricDefinition metric, double value, Attributes attributes) {
        Objects.requireNonNull(gauges.get(metric)).record(value, attributes);
    }

    /** Calls {@code callback} for every collection until the returned object is closed; the observed series then end. */
    BatchCallback onCollection(Runnable callback) {
        List<ObservableMeasurement> all = new ArrayList<>(states.values());
        all.addAll(gauges.values());
        return meter.batchCallback(
                callback, all.get(0), all.subList(1, all.size()).toArray(new ObservableMeasurement[0]));
    }
}
