package dev.wellhead.benchmarks.metrics;

import dev.wellhead.Databases;
import dev.wellhead.otel.DatabaseTelemetry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Wellhead with wellhead-otel. */
final class WellheadOn implements MeasuredPool {

    @Override
    public DataSource open(String host, int port) throws SQLException {
        return Databases.builder()
                .environment(MeasuredPool.environment(host, port, CONNECTIONS))
                .listener(DatabaseTelemetry.on(BenchmarkSdk.create()))
                .open();
    }
}
