package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A separate role on a server, and the environment to log in with it. */
final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server;
    private final String role;
    private String password;

    private TestDatabase(PostgresServer server, String role, String password) {
        this.server = server;
        this.role = role;
        this.password = password;
    }

    static TestDatabase on(PostgresServer server, String password) {
        String role = "app" + NUMBER.incrementAndGet();
        server.createRole(role, password);
        return new TestDatabase(server, role, password);
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

    Map<String, String> environmentWithPassword(String... more) {
        Map<String, String> environment = environment(more);
        environment.put("DB_PASSWORD", password);
        return environment;
    }

    /** {@return an open database; the caller closes it} */
    Database open(String... more) throws SQLException {
        return Databases.builder().environment(environmentWithPassword(more)).open();
    }

    /** Borrows a connection and runs a query on it. */
    static void query(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(answer(connection, "select 1")).isEqualTo("1");
        }
    }

    /** {@return the first column of the first row} */
    static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void setPassword(String changed) {
        server.setPassword(role, changed);
        password = changed;
    }

    /** {@return the number of sessions that the role has on the server} */
    int sessions() {
        return Integer.parseInt(server.query("select count(*) from pg_stat_activity where usename = '" + role + "'")
                .get(0));
    }
}
