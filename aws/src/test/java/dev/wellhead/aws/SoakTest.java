package dev.wellhead.aws;

import static dev.wellhead.aws.RotatingSecrets.login;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Rotations and restarts under load for a long time: no borrow fails, and heap, threads and descriptors stay flat.
 * {@code -Dsoak=10m} runs it for ten minutes; without the property it is skipped.
 */
@EnabledIfSystemProperty(named = "soak", matches = ".+")
class SoakTest {

    private static final String ID = "prod/ledger";
    private static final String USER = "app";
    private static final Duration SOON = Duration.ofMinutes(2);

    /** The first tenth of the run is not measured: classes are loaded and caches fill. */
    private static final int WARM_UP_SHARE = 10;

    private static final int ROTATIONS_PER_RESTART = 20;

    private final AtomicLong completed = new AtomicLong();
    private int rotations;
    private int restarts;

    @Test
    void rotationsAndRestarts_forALongTime_failNoBorrowAndLeakNothing() throws Exception {
        Duration length = Duration.parse("PT" + System.getProperty("soak"));
        try (PostgresServer server = PostgresServer.start();
                SecretsManagerServer store = SecretsManagerServer.start()) {
            server.createRole(USER, "password-0");
            store.put(ID, login(USER, "password-0"));
            try (Database database = open(server, store);
                    BorrowLoad load = BorrowLoad.start(database)) {
                runUntil(System.nanoTime() + length.toNanos() / WARM_UP_SHARE, server, store, database, load);
                Footprint before = Footprint.now();
                long remaining = length.toNanos() - length.toNanos() / WARM_UP_SHARE;
                runUntil(System.nanoTime() + remaining, server, store, database, load);
                Footprint after = Footprint.now();

                System.out.printf(
                        "%d rotations, %d restarts, %d uses, %d failed borrows, %d lost statements%nbefore %s%nafter  %s%n",
                        rotations,
                        restarts,
                        load.uses(),
                        load.failedBorrows().size(),
                        load.lostStatements().size(),
                        before,
                        after);
                assertThat(load.failedBorrows()).isEmpty();
                after.assertNotAbove(before);
            }
        }
    }

    private void runUntil(
            long end, PostgresServer server, SecretsManagerServer store, Database database, BorrowLoad load)
            throws SQLException {
        do {
            rotate(server, store, database, load);
            if (rotations % ROTATIONS_PER_RESTART == 0) {
                server.restart();
                restarts++;
                load.awaitRecovery();
            }
        } while (System.nanoTime() - end < 0);
    }

    private void rotate(PostgresServer server, SecretsManagerServer store, Database database, BorrowLoad load)
            throws SQLException {
        rotations++;
        String password = "password-" + rotations;
        long done = completed.get();
        store.createPending(ID, login(USER, password));
        server.setPassword(USER, password);
        store.finish(ID);
        store.forgetCalls();
        database.refreshCredentials();
        Await.until(SOON, "the old connections have retired", () -> completed.get() > done);
        load.awaitUses(8);
    }

    private Database open(PostgresServer server, SecretsManagerServer store) throws SQLException {
        DatabaseListener counter = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                completed.incrementAndGet();
            }
        };
        return Databases.builder()
                .environment(Map.of(
                        "ENVIRONMENT", "test",
                        "DB_HOST", server.host(),
                        "DB_PORT", Integer.toString(server.port()),
                        "DB_NAME", "postgres",
                        "DB_SSLMODE", "disable",
                        "DB_CONNECTION_TIMEOUT", "60s",
                        "DB_MAXIMUM_POOL_SIZE", "8"))
                .credentials(RotatingSecrets.follow(ID, store))
                .listener(counter)
                .open();
    }
}
