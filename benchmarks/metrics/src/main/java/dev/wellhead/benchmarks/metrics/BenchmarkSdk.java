package dev.wellhead.benchmarks.metrics;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;

/** Creates an OpenTelemetry SDK with a reader and the same bucket boundaries for every library. */
final class BenchmarkSdk {

    private BenchmarkSdk() {}

    /** Uses a deprecated method, because the older SDK of the compared library has no other. */
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
                                        .setAggregation(Aggregation.explicitBucketHistogram(MeasuredPool.BUCKETS))
                                        .build())
                        .build())
                .build();
    }
}
