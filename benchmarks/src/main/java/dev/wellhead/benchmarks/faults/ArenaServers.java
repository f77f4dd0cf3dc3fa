package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.PostgresServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts and kills the servers of the arena. */
final class ArenaServers {

    static final String USER = "arena";
    static final String PASSWORD = "arena-password";

    /** A statement that writes. */
    static final String WRITE = "UPDATE counters SET value = value + 1 WHERE id = pg_backend_pid() % 100";

    private static final Duration DEATH = Duration.ofSeconds(20);

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

    /** Kills the server and its processes with SIGKILL, and returns when they have ended. */
    static void kill(PostgresServer server) {
        long pid = Long.parseLong(server.query("SELECT pg_read_file('postmaster.pid')")
                .get(0)
                .lines()
                .findFirst()
                .orElseThrow());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> processes = new ArrayList<>(postmaster.descendants().toList());
        processes.add(0, postmaster);
        processes.forEach(ProcessHandle::destroyForcibly);
        Await.until(DEATH, "the end of the server", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }
}
