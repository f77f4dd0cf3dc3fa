package dev.wellhead.benchmarks.metrics;

import dev.wellhead.Databases;
import dev.wellhead.otel.DatabaseTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Wellhead with the otel module. */
final class WellheadOn implements Subject {

    @Override
    public DataSource open(String host, int port) throws SQLException {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(InMemoryMetricReader.create())
                        .build())
                .build();
        return Databases.builder()
                .environment(Subject.environment(host, port, CONNECTIONS))
                .listener(DatabaseTelemetry.on(sdk))
                .open();
    }
}
