package dev.wellhead.benchmarks.metrics;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;

/** OpenTelemetry's SDK with a reader, and the same buckets for every library. */
final class Sdk {

    private Sdk() {}

    /** The deprecated method is the one that the older SDK of the peer has too. */
    @SuppressWarnings("deprecation")
    static OpenTelemetrySdk create() {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(InMemoryMetricReader.create())
                        .registerView(
                                InstrumentSelector.builder()
                                        .setType(InstrumentType.HISTOGRAM)
                                        .build(),
                                View.builder()
                                        .setAggregation(Aggregation.explicitBucketHistogram(Subject.BUCKETS))
                                        .build())
                        .build())
                .build();
    }
}
