package dev.wellhead.otel;

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

/** What an SDK of its own has collected. */
final class Emitted implements AutoCloseable {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk;

    Emitted() {
        this(Set.of());
    }

    /** @param dropped kinds of instruments of which a view keeps nothing */
    Emitted(Set<InstrumentType> dropped) {
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

    /** {@return all metrics by name, collected now} */
    Map<String, MetricData> all() {
        Map<String, MetricData> byName = new TreeMap<>();
        for (MetricData metric : reader.collectAllMetrics()) {
            byName.put(metric.getName(), metric);
        }
        return byName;
    }

    /** {@return the points of one metric whose attributes hold all of {@code values}} */
    List<PointData> points(Metric metric, String... values) {
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

    /** {@return the sum of a counter's or a state's points; -1 where there is none} */
    long count(Metric metric, String... values) {
        List<PointData> points = points(metric, values);
        long sum = 0;
        for (PointData point : points) {
            sum += ((LongPointData) point).getValue();
        }
        return points.isEmpty() ? -1 : sum;
    }

    double gauge(Metric metric, String... values) {
        return ((DoublePointData) points(metric, values).get(0)).getValue();
    }

    /** {@return how many values a histogram holds} */
    long recorded(Metric metric, String... values) {
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
