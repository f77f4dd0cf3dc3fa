package dev.wellhead.otel;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.sql.SQLException;
import java.util.Map;

/** A service without any code for OpenTelemetry. {@link ServiceProcess} runs it. */
final class PlainService {

    private PlainService() {}

    /** Arguments: host, port, poolMetrics. The environment variable {@code DB_PASSWORD} contains the password. */
    public static void main(String[] arguments) throws SQLException {
        Map<String, String> environment = Map.of(
                "DB_HOST",
                arguments[0],
                "DB_PORT",
                arguments[1],
                "DB_NAME",
                "postgres",
                "DB_USER",
                "postgres",
                "DB_PASSWORD",
                System.getenv("DB_PASSWORD"),
                "DB_POOL_METRICS",
                arguments[2]);
        try (Database database = Databases.builder().environment(environment).open()) {
            database.getConnection().close();
            System.out.println("connected");
        }
    }
}
