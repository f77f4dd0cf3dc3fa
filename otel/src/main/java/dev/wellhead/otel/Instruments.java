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
 * The instruments of one database: whoever measures calls {@link #histogram} and {@link #counter}; what is a state is
 * observed when metrics are collected, until the database closes. Thread-safe.
 */
final class Instruments {

    private static final String SCOPE = "dev.wellhead.otel";

    /** Names and attributes follow it. */
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.45.0";

    private final Meter meter;
    private final Map<Metric, DoubleHistogram> histograms = new EnumMap<>(Metric.class);
    private final Map<Metric, LongCounter> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, ObservableLongMeasurement> states = new EnumMap<>(Metric.class);
    private final Map<Metric, ObservableDoubleMeasurement> gauges = new EnumMap<>(Metric.class);

    Instruments(OpenTelemetry openTelemetry) {
        this.meter = openTelemetry
                .getMeterProvider()
                .meterBuilder(SCOPE)
                .setSchemaUrl(SCHEMA)
                .build();
        for (Metric metric : Metric.values()) {
            create(metric);
        }
    }

    private void create(Metric metric) {
        String name = metric.metricName();
        switch (metric.instrument()) {
            case HISTOGRAM ->
                histograms.put(
                        metric,
                        meter.histogramBuilder(name)
                                .setUnit(metric.unit())
                                .setDescription(metric.description())
                                .setExplicitBucketBoundariesAdvice(metric.buckets())
                                .build());
            case COUNTER ->
                counters.put(
                        metric,
                        meter.counterBuilder(name)
                                .setUnit(metric.unit())
                                .setDescription(metric.description())
                                .build());
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
        }
    }

    DoubleHistogram histogram(Metric metric) {
        return Objects.requireNonNull(histograms.get(metric));
    }

    LongCounter counter(Metric metric) {
        return Objects.requireNonNull(counters.get(metric));
    }

    /** {@return what records a state; only while {@link #observe} calls back} */
    ObservableLongMeasurement state(Metric metric) {
        return Objects.requireNonNull(states.get(metric));
    }

    /** {@return as {@link #state}, for what is no count} */
    ObservableDoubleMeasurement gauge(Metric metric) {
        return Objects.requireNonNull(gauges.get(metric));
    }

    /** Calls back whenever metrics are collected, until what it returns is closed; then these series end. */
    BatchCallback observe(Runnable callback) {
        List<ObservableMeasurement> all = new ArrayList<>(states.values());
        all.addAll(gauges.values());
        return meter.batchCallback(
                callback, all.get(0), all.subList(1, all.size()).toArray(new ObservableMeasurement[0]));
    }
}
