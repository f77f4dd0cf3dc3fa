package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Faults after which another server, another address or another role of the server has to be used. */
final class FailoverFaults {

    /** The fault whose course is drawn. */
    static final String DRAWN = "promoted";

    private static final Duration UNTIL_PROMOTION = Duration.ofSeconds(2);
    private static final Duration UNTIL_MOVE = Duration.ofSeconds(1);
    private static final Duration READ_ONLY = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final double SOON_MILLIS = 1_000;
    private static final double SHARE_OF_READS = 0.95;
    private static final double TTL_AND_ONE_SECOND_MILLIS = 6_000;

    private static final String NAME = "db.arena.test";
    private static final String SECOND_ADDRESS = "127.0.0.2";

    private FailoverFaults() {}

    static List<Fault> all() {
        return List.of(
                fault(
                        DRAWN,
                        "Standby promoted, list of hosts",
                        "The hosts are a primary and its standby. The primary is killed, and the standby is promoted 2 s later.",
                        Promise.noFailureAndBackWithin(SOON_MILLIS),
                        FailoverFaults::promote),
                fault(
                        "moved-name",
                        "DNS name that moves",
                        "The old address resets its connections and refuses new ones. The name resolves to a new address 1 s later. The"
                                + " JVM caches names for 5 s.",
                        Promise.backWithin(TTL_AND_ONE_SECOND_MILLIS),
                        FailoverFaults::moveName),
                fault(
                        "dead-host",
                        "First host dead, list of hosts",
                        "All connections to the first host are reset, and it does not answer connection attempts any more (packets are"
                                + " dropped). The second host works. The statements take 0.2 s. Times count from the fault.",
                        Promise.noFailureAndCompleteWithin(SOON_MILLIS),
                        FailoverFaults::killFirstHost),
                fault(
                        "read-only",
                        "Read-only server, mixed load",
                        "4 threads read and 4 threads write. The server is read-only (`default_transaction_read_only`) for 8 s, in"
                                + " which only reads can be answered. Failed writes count as lost statements; they are unavoidable.",
                        Promise.noFailureAndAnswers(SHARE_OF_READS),
                        FailoverFaults::turnReadOnly));
    }

    private static Fault fault(String name, String title, String description, Promise promise, Fault.Script script) {
        return new Fault(name, title, description, promise, Contestant.WITH_PASSWORD, script);
    }

    private static void promote(Bout bout) throws Exception {
        try (PostgresServer primary = ArenaServers.start();
                PostgresServer standby = primary.standby();
                FaultProxy first = FaultProxy.to(primary);
                FaultProxy second = FaultProxy.to(standby)) {
            bout.start(LoadSetup.at(first, second).writing(ArenaServers.WRITE));
            bout.begin();
            first.refuse();
            first.resetAll();
            primary.kill();
            bout.pass(UNTIL_PROMOTION);
            standby.promote();
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void moveName(Bout bout) throws Exception {
        Path hosts = bout.directory().resolve("hosts");
        try (PostgresServer server = ArenaServers.start();
                FaultProxy old = FaultProxy.to(server);
                FaultProxy next = old.beside(SECOND_ADDRESS, server)) {
            resolve(hosts, old);
            bout.start(LoadSetup.at(NAME, Integer.toString(old.port())).hostsFile(hosts));
            bout.begin();
            old.refuse();
            old.resetAll();
            bout.pass(UNTIL_MOVE);
            resolve(hosts, next);
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void resolve(Path hosts, FaultProxy address) throws IOException {
        Path next = Files.writeString(
                hosts.resolveSibling("hosts.next"), address.host() + " " + NAME + "\n127.0.0.1 localhost\n");
        Files.move(next, hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void killFirstHost(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                FaultProxy first = FaultProxy.to(server);
                FaultProxy second = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(first, second).reading(ArenaServers.SLOW_READ));
            // open connections keep working until the port has become a black hole
            first.refuse();
            BlackHole hole = BlackHole.open(first.port());
            try {
                first.resetAll();
                bout.strike();
                bout.watch(LIMIT);
            } finally {
                hole.close();
            }
        }
    }

    private static void turnReadOnly(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server).writing(ArenaServers.WRITE));
            server.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
            bout.begin();
            bout.pass(READ_ONLY);
            server.execute("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()");
            bout.end();
            bout.watch(LIMIT);
        }
    }
}
