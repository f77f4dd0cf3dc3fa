package dev.wellhead.benchmarks.faults;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Faults of one server that ends and returns on the same address. */
final class OutageFaults {

    private static final Duration OUTAGE = Duration.ofSeconds(2);
    private static final Duration STORM = Duration.ofSeconds(3);
    private static final Duration BETWEEN_RESETS = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Promise SOON_BACK = Promise.noFailureAndBackWithin(1_000);

    private OutageFaults() {}

    static List<Fault> all() {
        return List.of(
                fault(
                        "killed",
                        "Server killed and restarted",
                        "Every process of the server gets SIGKILL. The server starts again 2 s later and recovers.",
                        OutageFaults::kill),
                fault(
                        "restarted",
                        "Fast restart",
                        "The server shuts down (\"fast\": it ends all sessions) and starts again 2 s later.",
                        OutageFaults::restart),
                fault(
                        "refused",
                        "Port refused",
                        "All connections are reset, and the port refuses new ones for 3 s.",
                        OutageFaults::refuse),
                fault(
                        "resets",
                        "RST storm",
                        "Every 100 ms, for 3 s, all connections are reset, including those that are being opened.",
                        OutageFaults::reset),
                fault(
                        "certificate",
                        "Expired certificate replaced",
                        "The connections use TLS with `verify-full`. The server gets an expired certificate, and all sessions are"
                                + " ended. A valid certificate replaces it 3 s later.",
                        OutageFaults::expireCertificate));
    }

    private static Fault fault(String name, String title, String description, Fault.Script script) {
        return new Fault(name, title, description, SOON_BACK, Contestant.WITH_PASSWORD, script);
    }

    private static void kill(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server));
            bout.begin();
            server.kill();
            bout.pass(OUTAGE);
            server.restart();
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void restart(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start()) {
            bout.start(LoadSetup.at(server));
            bout.begin();
            server.stop();
            bout.pass(OUTAGE);
            server.restart();
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void refuse(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(proxy));
            bout.begin();
            proxy.refuse();
            proxy.resetAll();
            bout.pass(STORM);
            proxy.pass();
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void reset(Bout bout) throws Exception {
        try (PostgresServer server = ArenaServers.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            bout.start(LoadSetup.at(proxy));
            bout.begin();
            for (long i = 0; i < STORM.dividedBy(BETWEEN_RESETS); i++) {
                proxy.resetAll();
                bout.pass(BETWEEN_RESETS);
            }
            bout.end();
            bout.watch(LIMIT);
        }
    }

    private static void expireCertificate(Bout bout) throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Wellhead fault arena");
        Path root = authority.writeTo(bout.directory().resolve("root.crt"));
        String[] names = {"localhost", "127.0.0.1"};
        try (PostgresServer server = ArenaServers.prepared(
                ArenaServers.builder().tls(authority.server(names)).start())) {
            bout.start(
                    LoadSetup.at("localhost", Integer.toString(server.port())).rootCertificate(root));
            server.certificate(authority.expiredServer(names));
            bout.begin();
            server.terminateSessions();
            bout.pass(STORM);
            server.certificate(authority.server(names));
            bout.end();
            bout.watch(LIMIT);
        }
    }
}
