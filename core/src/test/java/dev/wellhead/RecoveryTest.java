package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/**
 * Outages under load that end. No borrow may fail during an outage that is shorter than connectionTimeout. The times
 * that are printed are figures of docs/reliability.md; they are not asserted, because a machine can be busy.
 */
@Timeout(300)
class RecoveryTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    /** Longer than every outage, also on a machine that is ten times slower. */
    private static final String PATIENT = "60s";

    private static final Duration MOMENT = Duration.ofMillis(1_500);

    @TempDir
    private static Path directory;

    private static PostgresServer server;

    private TestDatabase app;

    @BeforeAll
    static void startServer() throws Exception {
        Files.writeString(directory.resolve("root.crt"), AUTHORITY.certificatePem());
        server = PostgresServer.builder().tls(AUTHORITY.server("localhost")).start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createRole() {
        app = TestDatabase.on(server, "s3cret");
    }

    @Test
    void server_killedAndRestarted_failsNoBorrow() throws Exception {
        try (Database database = open(server.host(), server.port(), PATIENT);
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            server.kill();
            load.awaitOutage(MOMENT);

            server.restart();

            load.awaitRecovery("kill -9 and restart");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void server_restarted_failsNoBorrow() throws Exception {
        try (Database database = open(server.host(), server.port(), PATIENT);
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            server.restart();

            load.awaitRecovery("fast restart");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void port_refusedForAWhile_failsNoBorrow() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server);
                Database database = open(proxy.host(), proxy.port(), PATIENT);
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            proxy.refuse();
            proxy.resetAll();
            load.awaitOutage(MOMENT);

            proxy.pass();

            load.awaitRecovery("port refused");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void connections_resetInAStorm_failNoBorrow() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server);
                Database database = open(proxy.host(), proxy.port(), PATIENT);
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            long end = System.nanoTime() + MOMENT.toNanos();
            while (System.nanoTime() < end) {
                proxy.resetAll();
                TimeUnit.MILLISECONDS.sleep(5);
            }

            load.awaitRecovery("storm of resets");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void certificate_expiredAndReplaced_failsNoBorrow() throws Exception {
        try (Database database = open("localhost", server.port(), PATIENT);
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            server.certificate(AUTHORITY.expiredServer("localhost"));
            load.awaitOutage(MOMENT, server::terminateSessions);

            server.certificate(AUTHORITY.server("localhost"));

            load.awaitRecovery("expired certificate replaced");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    /** A running pool was configured correctly once, so every failure can end. */
    @Test
    void database_droppedAndRestored_failsNoBorrow() throws Exception {
        server.createDatabase("restored");
        server.execute("grant connect on database restored to public");
        try (Database database = open(server.host(), server.port(), PATIENT, "DB_NAME", "restored");
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            server.execute("alter database restored allow_connections false");
            server.terminateSessions();
            server.execute("alter database restored rename to absent");
            load.awaitOutage(MOMENT, server::terminateSessions);

            server.execute(
                    "alter database absent rename to restored", "alter database restored allow_connections true");

            load.awaitRecovery("database restored");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    /** Longer than connectionTimeout, and long enough for HikariCP to pause for seconds. */
    @Test
    void port_refusedLongerThanTheTimeout_reportsTheReasonAndRecovers() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        DatabaseListener listener = new DatabaseListener() {
            @Override
            public void connectionFailed(ConnectionFailed event) {
                attempts.incrementAndGet();
            }
        };
        try (LogCapture log = LogCapture.start();
                FaultProxy proxy = FaultProxy.to(server);
                Database database = open(listener, proxy.host(), proxy.port(), "1s");
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            proxy.refuse();
            proxy.resetAll();
            // HikariCP alone makes 10 attempts in the first 5 s, and then one in 5 s
            Await.until(Duration.ofMinutes(2), () -> attempts.get() >= 25);

            proxy.pass();

            load.awaitRecovery("port refused for " + attempts + " attempts");
            assertThat(load.failedBorrows()).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                    .hasMessageContaining(
                            " The last attempt to open a connection failed: Cannot connect to " + proxy.host() + ":"
                                    + proxy.port() + ": nothing listens on this port (DB_HOST, DB_PORT)."));
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.startsWith("Database 'default' cannot open new connections: "))
                    .hasSize(1);
        }
    }

    /** The thread that retries must not keep the pool from closing. */
    @Test
    void close_whileConnectsAreRetried_ends() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            Database database = open(proxy.host(), proxy.port(), "2s");
            proxy.refuse();
            proxy.resetAll();
            assertThatThrownBy(() -> TestDatabase.query(database)).isInstanceOf(SQLException.class);

            CompletableFuture<Void> closing = CompletableFuture.runAsync(database::close);

            assertThat(closing).succeedsWithin(Duration.ofMinutes(1));
            Await.until(
                    Duration.ofMinutes(1),
                    "no thread adds connections",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("default:connection-adder")));
        }
    }

    private Database open(String host, int port, String connectionTimeout, String... more) throws SQLException {
        return open(new DatabaseListener() {}, host, port, connectionTimeout, more);
    }

    private Database open(DatabaseListener listener, String host, int port, String connectionTimeout, String... more)
            throws SQLException {
        var environment = app.environment(host, port, more);
        environment.put("DB_PASSWORD", "s3cret");
        environment.put("DB_CONNECTION_TIMEOUT", connectionTimeout);
        environment.put("DB_MAXIMUM_POOL_SIZE", "8");
        if (host.equals("localhost")) {
            environment.put("DB_SSLMODE", "verify-full");
            environment.put("DB_SSLROOTCERT", directory.resolve("root.crt").toString());
        }
        return Databases.builder().environment(environment).listener(listener).open();
    }
}
