package dev.wellhead.benchmarks.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.instrumentation.hikaricp.v3_0.HikariTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import javax.sql.DataSource;

/** HikariCP with opentelemetry-hikaricp-3.0. */
final class OpenTelemetryHikari implements Subject {

    /** The deprecated method is the one that the SDK this peer is made for has too. */
    @Override
    @SuppressWarnings("deprecation")
    public DataSource open(String host, int port) {
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .registerMetricReader(InMemoryMetricReader.create())
                .registerView(
                        InstrumentSelector.builder()
                                .setType(InstrumentType.HISTOGRAM)
                                .build(),
                        View.builder()
                                .setAggregation(Aggregation.explicitBucketHistogram(BUCKETS))
                                .build())
                .build();
        OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setMeterProvider(meters).build();
        HikariConfig config = Subject.hikariCp(host, port);
        config.setMetricsTrackerFactory(HikariTelemetry.create(sdk).createMetricsTrackerFactory());
        return new HikariDataSource(config);
    }
}
