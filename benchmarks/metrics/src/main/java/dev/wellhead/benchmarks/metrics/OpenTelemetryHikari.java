package dev.wellhead.benchmarks.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.instrumentation.hikaricp.v3_0.HikariTelemetry;
import javax.sql.DataSource;

/** HikariCP with the instrumentation opentelemetry-hikaricp-3.0. */
final class OpenTelemetryHikari implements MeasuredPool {

    @Override
    public DataSource open(String host, int port) {
        HikariConfig config = MeasuredPool.hikariCp(host, port);
        config.setMetricsTrackerFactory(
                HikariTelemetry.create(BenchmarkSdk.create()).createMetricsTrackerFactory());
        return new HikariDataSource(config);
    }
}
