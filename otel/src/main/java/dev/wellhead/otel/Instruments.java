package dev.wellhead.otel;

import io.opentelemetry.api.OpenTelemetry;
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
 * Creates the instruments of one database. Events are recorded with {@link #histogram} and {@link #counter}; states are
 * recorded only while metrics are collected, in the callback of {@link #observe}. Thread-safe.
 */
final class Instruments {

    private static final String SCOPE = "dev.wellhead.otel";

    /** The version of the semantic conventions that the names and attributes follow. */
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.45.0";

    private final Meter meter;
    private final Map<MetricDefinition, ObservableLongMeasurement> states = new EnumMap<>(MetricDefinition.class);
    private final Map<MetricDefinition, ObservableDoubleMeasurement> gauges = new EnumMap<>(MetricDefinition.class);

    Instruments(OpenTelemetry openTelemetry) {
        this.meter = openTelemetry
                .getMeterProvider()
                .meterBuilder(SCOPE)
                .setSchemaUrl(SCHEMA)
                .build();
        for (MetricDefinition metric : MetricDefinition.values()) {
            String name = metric.metricName();
            switch (metric.instrument()) {
                case UP_DOWN_COUNTER ->
                    states.put(
                            metric,
                            meter.upDownCounterBuilder(name)
                                    .setUnit(metric.unit())
                                    .setDescription(metric.description())
                                    .buildObserver());
                case GAUGE ->
                    gauges.put(
                            metric,
                            meter.gaugeBuilder(name)
                                    .setUnit(metric.unit())
                                    .setDescription(metric.description())
                                    .buildObserver());
                case HISTOGRAM, COUNTER -> {}
            }
        }
    }

    /** {@return the histogram of {@code metric}} The SDK returns the same one for the same definition. */
    DoubleHistogram histogram(MetricDefinition metric) {
        return meter.histogramBuilder(metric.metricName())
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(metric.buckets())
                .build();
    }

    /** {@return the counter of {@code metric}} The SDK returns the same one for the same definition. */
    LongCounter counter(MetricDefinition metric) {
        return meter.counterBuilder(metric.metricName())
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .build();
    }

    ObservableLongMeasurement state(MetricDefinition metric) {
        return Objects.requireNonNull(states.get(metric));
    }

    ObservableDoubleMeasurement gauge(MetricDefinition metric) {
        return Objects.requireNonNull(gauges.get(metric));
    }

    /** Calls {@code callback} for every collection until the returned object is closed; the observed series then end. */
    BatchCallback observe(Runnable callback) {
        List<ObservableMeasurement> all = new ArrayList<>(states.values());
        all.addAll(gauges.values());
        return meter.batchCallback(
                callback, all.get(0), all.subList(1, all.size()).toArray(new ObservableMeasurement[0]));
    }
}
