package dev.wellhead.otel;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.testkit.PostgresServer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates a role on a server and opens databases as that role. */
final class TestPool {

    static final String PASSWORD = "hush-4711";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server;
    private final String role = "metered" + NUMBER.incrementAndGet();

    TestPool(PostgresServer server) {
        this.server = server;
        server.createRole(role, PASSWORD);
    }

    void setPassword(String password) {
        server.setPassword(role, password);
    }

    /** {@return a builder for this role; {@code more} contains names and values of variables alternately} */
    DatabaseBuilder builder(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", role);
        environment.put("DB_PASSWORD", PASSWORD);
        environment.put("DB_MAXIMUM_POOL_SIZE", "2");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        environment.values().removeIf(String::isEmpty);
        return Databases.builder().environment(environment);
    }

    Database open(CollectedMetrics metrics, String... more) throws SQLException {
        return builder(more)
                .listener(DatabaseTelemetry.on(metrics.openTelemetry()))
                .open();
    }

    int port() {
        return server.port();
    }
}
