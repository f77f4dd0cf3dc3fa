package dev.wellhead.otel;

import dev.wellhead.internal.metrics.MetricDefinition;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The metrics that a separate SDK has collected. */
final class CollectedMetrics implements AutoCloseable {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk;

    CollectedMetrics() {
        this(Set.of());
    }

    /** @param dropped kinds of instruments whose values a view drops */
    CollectedMetrics(Set<InstrumentType> dropped) {
        SdkMeterProviderBuilder meters = SdkMeterProvider.builder().registerMetricReader(reader);
        for (InstrumentType type : dropped) {
            meters.registerView(
                    InstrumentSelector.builder().setType(type).build(),
                    View.builder().setAggregation(Aggregation.drop()).build());
        }
        this.sdk = OpenTelemetrySdk.builder().setMeterProvider(meters.build()).build();
    }

    OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** {@return all metrics by name, collected by this call} */
    Map<String, MetricData> all() {
        Map<String, MetricData> byName = new TreeMap<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            byName.put(metric.getName(), metric);
        }
        return byName;
    }

    /** {@return the points of one metric whose attributes contain all of {@code values}} */
    List<PointData> points(MetricDefinition metric, String... values) {
        List<PointData> matching = new ArrayList<>();
        MetricData data = all().get(metric.metricName());
        if (data != null) {
            for (PointData point : data.getData().getPoints()) {
                if (texts(point.getAttributes()).containsAll(List.of(values))) {
                    matching.add(point);
                }
            }
        }
        return matching;
    }

    /** {@return the sum of the points of a counter or an up-down counter; -1 if there is none} */
    long count(MetricDefinition metric, String... values) {
        List<PointData> points = points(metric, values);
        long sum = 0;
        for (PointData point : points) {
            sum += ((LongPointData) point).getValue();
        }
        return points.isEmpty() ? -1 : sum;
    }

    double gauge(MetricDefinition metric, String... values) {
        return ((DoublePointData) points(metric, values).get(0)).getValue();
    }

    /** {@return the number of values in a histogram} */
    long recorded(MetricDefinition metric, String... values) {
        long sum = 0;
        for (PointData point : points(metric, values)) {
            sum += ((HistogramPointData) point).getCount();
        }
        return sum;
    }

    static List<String> texts(Attributes attributes) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<AttributeKey<?>, Object> attribute : attributes.asMap().entrySet()) {
            texts.add(attribute.getValue().toString());
        }
        return texts;
    }

    @Override
    public void close() {
        sdk.close();
    }
}
