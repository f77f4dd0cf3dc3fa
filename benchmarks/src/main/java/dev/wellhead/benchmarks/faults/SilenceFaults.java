package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.time.Duration;
import java.util.List;

/** Half-open networks: connections stay open on the side of the client, and nothing that it sends is answered. */
final class SilenceFaults {

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration IN_FLIGHT_LIMIT = Duration.ofSeconds(35);
    private static final double BACK_FROM_IDLE_MILLIS = 2_500;
    private static final double BACK_FROM_MOVED_MILLIS = 5_000;
    private static final double BACK_FROM_FLIGHT_MILLIS = 30_000;
    private static final int EVERY_CONNECTION = 8;

    private SilenceFaults() {}

    static List<Fault> idle() {
        String idle =
                "The pool has been idle for 2 s. All connections become half-open: they stay open for the client, and"
                        + " nothing is answered. New connections work. ";
        return List.of(
                fault(
                        "half-open-idle",
                        "Half-open connections, idle pool, 8 borrowers",
                        idle + "Then 8 threads borrow. Times count from the first borrow.",
                        Promise.noFailureAndBackWithin(BACK_FROM_IDLE_MILLIS),
                        bout -> silenceIdle(bout, EVERY_CONNECTION)),
                fault(
                        "half-open-idle-1",
                        "Half-open connections, idle pool, 1 borrower",
                        idle + "Then one thread borrows. Times count from the first borrow.",
                        Promise.noFailureAndBackWithin(BACK_FROM_IDLE_MILLIS),
                        bout -> silenceIdle(bout, 1)));
    }

    /** {@return the faults, which run at the same time, because they hardly use the processors} */
    static List<Fault> inFlight() {
        String inFlight =
                "The statements take 0.2 s. All connections become half-open while statements run, and the statements"
                        + " are never answered. ";
        return List.of(
                fault(
                        "half-open-moved",
                        "Half-open connections, statements in flight, server moved",
                        inFlight
                                + "New connections reach a standby that was just promoted. Times count from the fault.",
                        Promise.backWithin(BACK_FROM_MOVED_MILLIS),
                        SilenceFaults::silenceAndMove),
                fault(
                        "half-open-in-flight",
                        "Half-open connections, statements in flight, server not moved",
                        inFlight + "New connections reach the same server. Times count from the fault.",
                        Promise.backWithin(BACK_FROM_FLIGHT_MILLIS),
                        SilenceFaults::silence));
    }

    private static Fault fault(String name, String title, String description, Promise promise, Fault.Script script) {
        return new Fault(name, title, description, promise, Contestant.WITH_PASSWORD, script);
    }

    private static void silenceIdle(Bout bout, int threads) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(proxy).threads(threads));
            bout.pauseLoad();
            bout.pass(IDLE);
            proxy.halfOpen();
            bout.strike();
            bout.resumeLoad();
            bout.watch(IDLE_LIMIT);
        }
    }

    private static void silence(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(proxy).reading(ArenaServers.SLOW_READ));
            proxy.halfOpen();
            bout.strike();
            bout.watch(IN_FLIGHT_LIMIT);
        }
    }

    private static void silenceAndMove(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                PostgresServer standby = server.standby();
                FaultProxy proxy = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(proxy).reading(ArenaServers.SLOW_READ));
            standby.promote();
            proxy.moveTo(standby);
            proxy.halfOpen();
            bout.strike();
            bout.watch(IN_FLIGHT_LIMIT);
        }
    }
}
