package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.BorrowLoad.Recovery;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outages under load that are shorter than connectionTimeout: statements may be lost, but no borrow fails. */
@Timeout(240)
class OutageUnderLoadTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");
    private static PostgresServer server;
    private static TestDatabase app;

    @TempDir
    private static Path directory;

    private FaultProxy proxy;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().tls(AUTHORITY.server("127.0.0.1")).start();
        app = TestDatabase.on(server, "app");
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @BeforeEach
    void startProxy() {
        proxy = FaultProxy.to(server);
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void restart_afterAKill_failsNoBorrow() throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(50);
            server.kill();
            server.restart();
            assertNoFailedBorrow("killed and restarted", load);
        }
    }

    @Test
    void restart_orderly_failsNoBorrow() throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(50);
            server.restart();
            assertNoFailedBorrow("restarted", load);
        }
    }

    @Test
    void connections_refusedForAWhile_failNoBorrow() throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(50);
            proxy.refuse();
            proxy.resetAll();
            awaitConnections(0, database);
            proxy.pass();
            assertNoFailedBorrow("refused", load);
        }
    }

    @Test
    void connections_resetAgainAndAgain_failNoBorrow() throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            for (int i = 0; i < 20; i++) {
                load.awaitUses(20);
                proxy.resetAll();
            }
            assertNoFailedBorrow("reset 20 times", load);
        }
    }

    @Test
    void certificate_expiredAndReplaced_failsNoBorrow() throws Exception {
        Path root = AUTHORITY.writeTo(directory.resolve("root.crt"));
        try (Database database = open("DB_SSLMODE", "verify-full", "DB_SSLROOTCERT", root.toString());
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(50);
            server.certificate(AUTHORITY.expiredServer("127.0.0.1"));
            server.terminateSessions();
            awaitConnections(0, database);
            server.certificate(AUTHORITY.server("127.0.0.1"));
            assertNoFailedBorrow("certificate replaced", load);
        }
    }

    @Test
    void idlePool_halfOpen_failsNoBorrow() throws Exception {
        for (int borrowers : List.of(8, 1)) {
            // if one borrower had to try the eight connections one after another, it would take 16 s
            try (Database database = open("DB_CONNECTION_TIMEOUT", "12s")) {
                awaitConnections(8, database);
                awaitIdle();
                proxy.halfOpen();
                try (BorrowLoad load = BorrowLoad.start(database, borrowers, "select 1", Duration.ofMillis(20))) {
                    assertNoFailedBorrow("idle and half-open, " + borrowers + " borrowers", load);
                }
            }
        }
    }

    private static void assertNoFailedBorrow(String fault, BorrowLoad load) {
        Recovery recovery = load.awaitRecovery();
        load.print(fault, recovery);
        assertThat(load.failedBorrows()).as(fault).isEmpty();
    }

    private static void awaitConnections(int count, Database database) throws SQLException {
        HikariDataSource pool = database.unwrap(HikariDataSource.class);
        Await.until(
                SOON, count + " connections", () -> pool.getHikariPoolMXBean().getTotalConnections() == count);
    }

    /** HikariCP does not validate a connection that was opened or used within the last 500 ms. */
    private static void awaitIdle() {
        long begin = System.nanoTime();
        Await.until(SOON, "the connections count as idle", () -> System.nanoTime() - begin > 600_000_000);
    }

    private Database open(String... more) throws SQLException {
        List<String> all = new ArrayList<>(List.of(
                "DB_PASSWORD",
                "app",
                "DB_SSLMODE",
                "disable",
                "DB_MAXIMUM_POOL_SIZE",
                "8",
                "DB_CONNECTION_TIMEOUT",
                "60s"));
        all.addAll(List.of(more));
        return Databases.builder()
                .environment(app.environment(proxy.host(), proxy.port(), all.toArray(new String[0])))
                .open();
    }
}
