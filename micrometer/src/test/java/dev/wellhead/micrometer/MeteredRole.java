package dev.wellhead.micrometer;

import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.testkit.PostgresServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates a role on a server and builds databases as that role. */
final class MeteredRole {

    static final String PASSWORD = "hush-4712";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server;
    private final String role = "metered" + NUMBER.incrementAndGet();

    MeteredRole(PostgresServer server) {
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
}
