package dev.wellhead.benchmarks.metrics;

import dev.wellhead.Databases;
import dev.wellhead.otel.DatabaseTelemetry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Wellhead with the otel module. */
final class WellheadOn implements Subject {

    @Override
    public DataSource open(String host, int port) throws SQLException {
        return Databases.builder()
                .environment(Subject.environment(host, port, CONNECTIONS))
                .listener(DatabaseTelemetry.on(Sdk.create()))
                .open();
    }
}
