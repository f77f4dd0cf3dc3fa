package dev.wellhead.aws;

import static dev.wellhead.aws.RotatingSecrets.login;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rotations on a real PostgreSQL under load: eight threads acquire, query and return while the pool replaces every
 * connection. The time between two steps of a rotation is measured in replaced connections, of which there are about
 * twenty per second; {@code -Dwellhead.rotation.gap=20s} sets the window between the change of the server and the
 * change of the secret.
 */
class RotationWindowTest {

    private static final String ID = "prod/ledger";
    private static final int THREADS = 8;

    /** More than twice the connections of the pool. */
    private static final int SETTLE = 20;

    private static final String WINDOW_PROPERTY = "wellhead.rotation.gap";
    private static final Duration WINDOW = Duration.parse("PT" + System.getProperty(WINDOW_PROPERTY, "3s"));
    private static final int GAP = 20 * (int) WINDOW.toSeconds();

    /**
     * One second is enough for the scenes that differ in the order of the steps, unless the property sets the window.
     */
    private static final int SHORT_GAP = System.getProperty(WINDOW_PROPERTY) == null ? 20 : GAP;

    private static PostgresServer postgres;

    private SecretsManagerServer store;
    private int refusedBefore;

    @BeforeAll
    static void startServer() {
        postgres = PostgresServer.start();
        postgres.createRole("app", "start");
        postgres.createRole("app_clone", "start");
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @BeforeEach
    void startStore() {
        store = SecretsManagerServer.start();
        postgres.setPassword("app", "pw-1");
        postgres.setPassword("app_clone", "pw-clone-1");
        store.put(ID, login("app", "pw-1"));
        refusedBefore = refusedLogins();
    }

    @AfterEach
    void stopStore() {
        store.close();
    }

    @Test
    void rotation_ofOneUser_failsNoBorrow() throws Exception {
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            for (int rotation = 2; rotation <= 3; rotation++) {
                borrowers.awaitEvictions(SETTLE);
                begin(borrowers);
                store.createPending(ID, login("app", "pw-" + rotation));
                postgres.setPassword("app", "pw-" + rotation);
                borrowers.awaitEvictions(GAP);
                store.finish(ID);
                borrowers.awaitEvictions(SETTLE);
                assertBridged("single user, gap " + WINDOW.toSeconds() + " s, rotation " + rotation, borrowers);
            }
        }
    }

    @Test
    void rotation_ofAlternatingUsers_failsNoBorrow() throws Exception {
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            String[] users = {"app_clone", "app"};
            for (int rotation = 2; rotation <= 4; rotation++) {
                String next = users[rotation % 2];
                borrowers.awaitEvictions(SETTLE);
                begin(borrowers);
                store.createPending(ID, login(next, "pw-" + rotation));
                postgres.setPassword(next, "pw-" + rotation);
                borrowers.awaitEvictions(SHORT_GAP);
                store.finish(ID);
                borrowers.awaitEvictions(SETTLE);
                assertBridged("alternating users, rotation " + rotation, borrowers);
            }
        }
    }

    @Test
    void rotation_stuckAtPending_failsNoBorrow() throws Exception {
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SETTLE);
            begin(borrowers);
            store.createPending(ID, login("app", "pw-2"));
            postgres.setPassword("app", "pw-2");
            borrowers.awaitEvictions(2 * SHORT_GAP);
            assertBridged("stuck at pending", borrowers);

            begin(borrowers);
            store.createPending(ID, login("app", "pw-3"));
            postgres.setPassword("app", "pw-3");
            borrowers.awaitEvictions(SETTLE);
            assertBridged("stuck at pending, tried again with another password", borrowers);
        }
    }

    @Test
    void rotation_rolledBackOnTheServer_failsNoBorrow() throws Exception {
        store.createPending(ID, login("app", "pw-2"));
        postgres.setPassword("app", "pw-2");
        store.finish(ID);
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SETTLE);
            begin(borrowers);
            postgres.setPassword("app", "pw-1");
            borrowers.awaitEvictions(SETTLE);
            assertBridged("rolled back to AWSPREVIOUS on the server", borrowers);

            begin(borrowers);
            postgres.setPassword("app", "pw-2");
            borrowers.awaitEvictions(SETTLE);
            assertBridged("and forward again", borrowers);
        }
    }

    @Test
    void rotation_coldStartInsideTheWindow_opensAndFailsNoBorrow() throws Exception {
        store.createPending(ID, login("app", "pw-2"));
        postgres.setPassword("app", "pw-2");
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SHORT_GAP);
            store.finish(ID);
            borrowers.awaitEvictions(SETTLE);
            assertBridged("cold start inside the window", borrowers);
        }
    }

    @Test
    void rotation_readsThatLagBehind_failsNoBorrow() throws Exception {
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SETTLE);
            begin(borrowers);
            store.lagBehind(ID);
            store.createPending(ID, login("app", "pw-2"));
            postgres.setPassword("app", "pw-2");
            Await.until(
                    Duration.ofSeconds(60),
                    "the window was noticed",
                    () -> store.calls().size() >= 3);
            store.catchUp(ID);
            borrowers.awaitEvictions(SHORT_GAP);
            store.lagBehind(ID);
            store.finish(ID);
            borrowers.awaitEvictions(SETTLE);
            store.catchUp(ID);
            // a read that shows an old state is repeated, on a busy machine also after the end of the rotation
            assertBridged("eventually consistent reads", borrowers, 6);
        }
    }

    static Stream<Fault> outages() {
        return Stream.of(new Fault(500, ""), Fault.of("ThrottlingException"));
    }

    /** The password changes while Secrets Manager does not answer, and no connection is left. */
    @ParameterizedTest
    @MethodSource("outages")
    void rotation_storeDownForAMoment_failsNoBorrow(Fault fault) throws Exception {
        try (Database database = open(Duration.ofMinutes(15), new DatabaseListener() {}, "60s");
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SETTLE);
            begin(borrowers);
            store.fail(fault);
            store.createPending(ID, login("app", "pw-2"));
            postgres.setPassword("app", "pw-2");
            HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            Await.until(Duration.ofMinutes(1), "no connection is left for 4 s", () -> {
                pool.softEvictConnections();
                return borrowers.silence().compareTo(Duration.ofSeconds(4)) > 0;
            });
            int calls = store.calls().size();
            int refused = refusedLogins() - refusedBefore;
            long before = borrowers.borrows();
            long recovered = System.nanoTime();
            store.fail(null);

            Await.until(Duration.ofMinutes(1), "borrows succeed", () -> borrowers.borrows() > before);

            System.out.printf(
                    "Secrets Manager down for 4 s (%d): back after %d ms, %d failed, %d store calls, %d refused logins%n",
                    fault.status(),
                    Duration.ofNanos(System.nanoTime() - recovered).toMillis(),
                    borrowers.failures().size(),
                    calls,
                    refused);
            assertThat(borrowers.failures()).isEmpty();
            // a hold-off that doubles
            assertThat(refused).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void password_thatNoLabelHas_isTriedRarelyAndFoundWhenALabelHasIt() throws Exception {
        try (Database database = open();
                Borrowers borrowers = Borrowers.start(database, THREADS)) {
            borrowers.awaitEvictions(SETTLE);
            begin(borrowers);
            long begin = System.nanoTime();
            postgres.setPassword("app", "pw-nobody-knows");
            HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            Await.until(Duration.ofMinutes(1), "every thread has failed several times", () -> {
                // a connection that logged in before the password changed may enter the pool after an eviction
                pool.softEvictConnections();
                return borrowers.failures().size() >= 3 * THREADS;
            });
            int seconds = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
            // a growing hold-off and a poll or two per second, although the pool makes many more attempts
            assertThat(refusedLogins() - refusedBefore).isLessThanOrEqualTo(8 + seconds);
            assertThat(store.calls()).hasSizeLessThanOrEqualTo(20 + 4 * seconds);

            store.createPending(ID, login("app", "pw-nobody-knows"));
            long before = borrowers.borrows();
            Await.until(Duration.ofSeconds(60), "borrows succeed", () -> borrowers.borrows() > before + 100);
        }
    }

    @Test
    void oldGeneration_underLoad_retiresInBoundedTime() throws Exception {
        List<DatabaseListener.RotationCompleted> completed = new CopyOnWriteArrayList<>();
        DatabaseListener listener = new DatabaseListener() {
            @Override
            public void rotationCompleted(RotationCompleted event) {
                completed.add(event);
            }
        };
        try (Database database = open(Duration.ofMillis(300), listener);
                Borrowers borrowers = Borrowers.start(database, THREADS, false)) {
            for (int rotation = 2; rotation <= 4; rotation++) {
                borrowers.awaitBorrows(500);
                begin(borrowers);
                store.createPending(ID, login("app", "pw-" + rotation));
                postgres.setPassword("app", "pw-" + rotation);
                store.finish(ID);
                int done = rotation - 1;
                Await.until(Duration.ofSeconds(60), "the old connections are gone", () -> completed.size() == done);
                DatabaseListener.RotationCompleted last = completed.get(done - 1);
                System.out.printf(
                        "retired %d of 8 in %d ms under load, longest borrow %d ms, %d failed%n",
                        last.retired(),
                        last.duration().toMillis(),
                        borrowers.longest().toMillis(),
                        borrowers.failures().size());
                assertThat(borrowers.failures()).isEmpty();
                assertThat(last.retired()).isPositive();
            }
        }
    }

    private void begin(Borrowers borrowers) {
        store.forgetCalls();
        refusedBefore = refusedLogins();
        borrowers.forgetLongest();
    }

    private void assertBridged(String scene, Borrowers borrowers) {
        assertBridged(scene, borrowers, 4);
    }

    private void assertBridged(String scene, Borrowers borrowers, int mostCalls) {
        int calls = store.calls().size();
        int refused = refusedLogins() - refusedBefore;
        // the figures of docs/rotation.md; the longest borrow is not asserted, because a machine can be busy
        System.out.printf(
                "%s: %d borrows so far, %d failed, longest %d ms, %d store calls, %d refused logins%n",
                scene,
                borrowers.borrows(),
                borrowers.failures().size(),
                borrowers.longest().toMillis(),
                calls,
                refused);
        assertThat(borrowers.failures()).as(scene).isEmpty();
        assertThat(calls).as("store calls, " + scene + store.calls()).isLessThanOrEqualTo(mostCalls);
        assertThat(refused).as("refused logins, " + scene).isLessThanOrEqualTo(8);
    }

    private Database open() throws SQLException {
        return open(Duration.ofMinutes(15), new DatabaseListener() {});
    }

    private Database open(Duration refreshInterval, DatabaseListener listener) throws SQLException {
        return open(refreshInterval, listener, "1s");
    }

    private Database open(Duration refreshInterval, DatabaseListener listener, String connectionTimeout)
            throws SQLException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ENVIRONMENT", "test");
        environment.put("DB_HOST", postgres.host());
        environment.put("DB_PORT", Integer.toString(postgres.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_SSLMODE", "disable");
        environment.put("DB_CONNECTION_TIMEOUT", connectionTimeout);
        environment.put("DB_MAXIMUM_POOL_SIZE", "8");
        return Databases.builder()
                .environment(environment)
                .credentials(RotatingSecrets.follow(ID, store, RotatingSecrets.IDENTITY, refreshInterval))
                .listener(listener)
                .open();
    }

    private static int refusedLogins() {
        return postgres.log().split("FATAL:  password authentication failed", -1).length - 1;
    }
}
