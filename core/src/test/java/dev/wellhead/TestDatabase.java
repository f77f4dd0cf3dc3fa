package dev.wellhead;

import dev.wellhead.testkit.PostgresServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A separate role on a server, and the environment to log in with it. */
final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server;
    private final String role;

    private TestDatabase(PostgresServer server, String role) {
        this.server = server;
        this.role = role;
    }

    static TestDatabase on(PostgresServer server, String password) {
        String role = "app" + NUMBER.incrementAndGet();
        server.createRole(role, password);
        return new TestDatabase(server, role);
    }

    String role() {
        return role;
    }

    /** The environment without a password, with additional variables: {@code more} has names and values alternately. */
    Map<String, String> environment(String... more) {
        return environment(server.host(), server.port(), more);
    }

    Map<String, String> environment(String host, int port, String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", host);
        environment.put("DB_PORT", Integer.toString(port));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", role);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    void setPassword(String password) {
        server.setPassword(role, password);
    }

    /** {@return the number of sessions that the role has on the server} */
    int sessions() {
        return Integer.parseInt(server.query("select count(*) from pg_stat_activity where usename = '" + role + "'")
                .get(0));
    }
}
