package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.PostgresServerBuilder;

/** Starts the servers of the arena. */
final class ArenaServers {

    static final String USER = "arena";
    static final String PASSWORD = "arena-password";

    /** A statement that writes. */
    static final String WRITE = "UPDATE counters SET value = value + 1 WHERE id = pg_backend_pid() % 100";

    /**
     * A statement that takes longer than the pauses of a thread, so that all threads use connections at the same time.
     */
    static final String SLOW_READ = "SELECT pg_sleep(0.2)";

    private ArenaServers() {}

    static PostgresServerBuilder builder() {
        return PostgresServer.builder().setting("max_connections", "300");
    }

    /** {@return a server with the role and the table of the load} */
    static PostgresServer start() {
        return prepared(builder().start());
    }

    static PostgresServer prepared(PostgresServer server) {
        server.createRole(USER, PASSWORD);
        server.execute(
                "CREATE TABLE counters AS SELECT id, 0 AS value FROM generate_series(0, 99) AS id",
                "GRANT ALL ON counters TO PUBLIC");
        return server;
    }
}
