package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rotations in AWS Secrets Manager. */
final class RotationFaults {

    /** The fault whose course is drawn. */
    static final String DRAWN = "rotation-20";

    static final int CLOSE_ONE_IN = 100;

    private static final List<Integer> WINDOWS_SECONDS = List.of(3, 20, 60);
    private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
    private static final Duration OUTAGE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Promise LONGEST_DIRECT = Promise.noFailureAndLongest(250);
    private static final Promise SOON_BACK = Promise.noFailureAndBackWithin(1_000);
    private static final int OTHERS = 19;

    private RotationFaults() {}

    /** {@return the rotations of each window, which run at the same time} */
    static List<List<Fault>> windows() {
        List<List<Fault>> windows = new ArrayList<>();
        for (int window : WINDOWS_SECONDS) {
            windows.add(List.of(
                    rotation(window, false, false),
                    rotation(window, true, false),
                    rotation(window, false, true),
                    rotation(window, true, true)));
        }
        return windows;
    }

    static List<Fault> others() {
        return List.of(
                new Fault(
                        "rotation-restart",
                        "Two faults: restart during a rotation",
                        "1 s after the server got the new password, it shuts down and starts again 1 s later. The rotation ends after"
                                + " another 5 s. Times count from the restart.",
                        SOON_BACK,
                        Contestant.WITH_SECRET,
                        RotationFaults::restartDuringRotation),
                new Fault(
                        "rotation-neighbours",
                        "One dead database among 20",
                        "The process has 20 databases. One of them does not answer any more. 2 s later, another one gets a new password,"
                                + " and the sessions of its user are ended. The password becomes current another 3 s later. Times count"
                                + " from the end of the sessions.",
                        SOON_BACK,
                        Contestant.WITH_SECRET,
                        RotationFaults::rotateBesideDead));
    }

    private static Fault rotation(int seconds, boolean alternating, boolean pooled) {
        String name = "rotation" + (alternating ? "-alternating" : "") + (pooled ? "-pgbouncer" : "") + "-" + seconds;
        String title = "Rotation, " + (alternating ? "alternating users" : "one user") + ", window " + seconds + " s"
                + (pooled ? ", behind PgBouncer" : "");
        String description = (alternating
                        ? "The server gets a new password for the second user, which becomes current "
                        : "The server gets a new password, which becomes current ")
                + seconds + " s later. One in " + CLOSE_ONE_IN + " connections is closed when it is returned."
                + (pooled ? " The clients log in to PgBouncer, which looks their passwords up in the server." : "");
        return new Fault(
                name,
                title,
                description,
                pooled ? Promise.noFailure() : LONGEST_DIRECT,
                pooled || alternating ? Contestant.WITH_SECRET : Contestant.WITH_SECRET_AND_DRIVER,
                bout -> rotate(bout, Duration.ofSeconds(seconds), alternating, pooled));
    }

    private static void rotate(Bout bout, Duration window, boolean alternating, boolean pooled) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                SecretsManagerServer store = SecretsManagerServer.start();
                ArenaPooler pooler = pooled ? ArenaPooler.before(server, bout.directory()) : null) {
            int port = pooler == null ? server.port() : pooler.port();
            SecretRotation rotation = SecretRotation.prepare(server, store, port, alternating);
            LoadSetup setup = LoadSetup.at("127.0.0.1", Integer.toString(port))
                    .secret(SecretRotation.SECRET, store.uri())
                    .closingOneIn(CLOSE_ONE_IN);
            bout.start(pooled ? setup.behindPooler() : setup);
            bout.begin();
            rotation.changePassword();
            bout.pass(window);
            rotation.finish();
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void restartDuringRotation(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                SecretsManagerServer store = SecretsManagerServer.start()) {
            SecretRotation rotation = SecretRotation.prepare(server, store, server.port(), false);
            bout.start(LoadSetup.at(server)
                    .secret(SecretRotation.SECRET, store.uri())
                    .closingOneIn(CLOSE_ONE_IN));
            rotation.changePassword();
            bout.pass(RESTART_AFTER);
            bout.begin();
            server.stop();
            bout.pass(OUTAGE);
            server.restart();
            bout.end();
            bout.pass(Duration.ofSeconds(5));
            rotation.finish();
            bout.watch(LIMIT);
        }
    }

    private static void rotateBesideDead(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                SecretsManagerServer store = SecretsManagerServer.start();
                FaultProxy dead = FaultProxy.to(server)) {
            List<Integer> ports = new ArrayList<>(Collections.nCopies(OTHERS - 1, server.port()));
            ports.add(dead.port());
            SecretRotation rotation = SecretRotation.prepare(server, store, server.port(), false);
            bout.start(LoadSetup.at(server)
                    .secret(SecretRotation.SECRET, store.uri())
                    .others(ArenaServers.USER, ArenaServers.PASSWORD, ports)
                    .closingOneIn(CLOSE_ONE_IN));
            dead.blackHole();
            dead.resetAll();
            bout.pass(Duration.ofSeconds(2));
            rotation.changePassword();
            bout.strike();
            rotation.endSessions();
            bout.pass(Duration.ofSeconds(3));
            rotation.finish();
            bout.watch(LIMIT);
        }
    }
}
