package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Rotations during which Secrets Manager does not work. */
final class StoreFaults {

    private static final Duration OUTAGE = Duration.ofSeconds(4);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Promise SOON_BACK = Promise.noFailureAndBackWithin(1_000);

    private StoreFaults() {}

    /** {@return the faults, which run at the same time} */
    static List<Fault> all() {
        return List.of(
                fault("down", "down", "refuses connections", (store, proxy) -> {
                    proxy.refuse();
                    proxy.resetAll();
                }),
                fault("slow", "slow", "answers after 2 s", (store, proxy) -> store.delay(SLOW)),
                fault(
                        "throttled",
                        "throttled",
                        "answers `ThrottlingException`",
                        (store, proxy) -> store.fail(SecretsManagerServer.Fault.of("ThrottlingException"))),
                fault(
                        "malformed",
                        "malformed",
                        "answers with a text that is not JSON",
                        (store, proxy) -> store.fail(new SecretsManagerServer.Fault(200, "<html>not now</html>"))));
    }

    /** Makes the store fail. */
    private interface Failure {
        void inject(SecretsManagerServer store, FaultProxy proxy);
    }

    private static Fault fault(String name, String title, String answer, Failure failure) {
        return new Fault(
                "store-" + name,
                "Rotation while Secrets Manager is " + title,
                "The server gets the new password, and all sessions are ended. At the same time, Secrets Manager "
                        + answer + ", for 4 s.",
                SOON_BACK,
                Contestant.WITH_SECRET,
                bout -> rotate(bout, failure));
    }

    private static void rotate(Bout bout, Failure failure) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                SecretsManagerServer store = SecretsManagerServer.start();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", store.uri().getPort())) {
            SecretRotation rotation = SecretRotation.prepare(server, store, server.port(), false);
            URI endpoint = URI.create("http://127.0.0.1:" + proxy.port() + "/");
            bout.start(LoadSetup.at(server)
                    .secret(SecretRotation.SECRET, endpoint)
                    .closingOneIn(RotationFaults.CLOSE_ONE_IN));
            failure.inject(store, proxy);
            rotation.changePassword();
            bout.begin();
            server.terminateSessions();
            bout.pass(OUTAGE);
            rotation.finish();
            proxy.pass();
            store.delay(Duration.ZERO);
            store.fail(null);
            bout.end();
            bout.watch(LIMIT);
        }
    }
}
