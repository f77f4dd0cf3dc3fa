package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Closing a database while threads wait for a connection. Without the wake-up they would wait for connectionTimeout.
 */
@Timeout(180)
class CloseTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** No wait ends by itself while a test runs. */
    private static final String NEVER = "10m";

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "s3cret");

    /** The end of one borrow: its failure, and whether the thread was interrupted afterwards. */
    private record Ended(Throwable failure, boolean interrupted) {}

    @Test
    void close_threadsWaitForUsedConnections_endsTheirWaitsWith08003() throws SQLException {
        Database database = app.open("DB_MAXIMUM_POOL_SIZE", "2", "DB_CONNECTION_TIMEOUT", NEVER);
        Connection first = database.getConnection();
        Connection second = database.getConnection();
        List<CompletableFuture<Ended>> waiting = waiting(database, 20);

        database.close();

        assertClosed(waiting);
        assertThat(app.sessions()).as("sessions on the server").isZero();
        first.close();
        second.close();
    }

    @Test
    void close_connectionInitSql_stillEndsTheWaits() throws SQLException {
        Database database = app.open(
                "DB_MAXIMUM_POOL_SIZE",
                "1",
                "DB_CONNECTION_TIMEOUT",
                NEVER,
                "DB_CONNECTION_INIT_SQL",
                "set work_mem = '8MB'",
                "DB_AUTO_COMMIT",
                "false");
        Connection only = database.getConnection();
        List<CompletableFuture<Ended>> waiting = waiting(database, 3);

        database.close();

        assertClosed(waiting);
        only.close();
    }

    @Test
    void close_serverDoesNotAnswer_endsTheWaitsAndTheConnect() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            Database database = through(proxy, "DB_MAXIMUM_POOL_SIZE", "2");
            Connection broken = database.getConnection();
            proxy.blackHole();
            database.unwrap(HikariDataSource.class).evictConnection(broken);
            int before = proxy.connectionCount();
            List<CompletableFuture<Ended>> waiting = waiting(database, 5);
            Await.until(SOON, "the connect of HikariCP's thread", () -> proxy.connectionCount() > before);

            database.close();

            assertClosed(waiting);
            Await.until(SOON, "HikariCP's thread ends", () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("closing:connection-adder")));
        }
    }

    /** A thread that validates an idle connection does not wait in HikariCP's queue yet. */
    @Test
    void close_idleConnectionDoesNotAnswer_endsItsValidation() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            Database database = through(proxy, "DB_MAXIMUM_POOL_SIZE", "1", "DB_VALIDATION_TIMEOUT", "5m");
            TestDatabase.query(database);
            long returned = System.nanoTime();
            proxy.blackHole();
            // HikariCP validates a connection that was idle for more than 500 ms
            Await.until(
                    SOON,
                    () -> System.nanoTime() - returned > Duration.ofMillis(600).toNanos());
            CompletableFuture<Ended> validating = borrow(database);
            Await.until(SOON, "the validation", () -> pool(database).getActiveConnections() == 1);

            database.close();

            assertClosed(List.of(validating));
        }
    }

    @Test
    void close_suspendedPool_endsTheWaits() throws SQLException {
        Database database = app.open(
                "DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", NEVER, "DB_ALLOW_POOL_SUSPENSION", "true");
        pool(database).suspendPool();
        List<CompletableFuture<Ended>> waiting = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Ended> ended = new CompletableFuture<>();
            waiting.add(ended);
            threads.add(start(database, ended));
        }
        Await.until(SOON, "the threads wait", () -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.WAITING));

        database.close();

        assertClosed(waiting);
    }

    @Test
    void close_threadsWaitForTheReader_endsTheirWaits() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackHole();
            Database database = app.open(
                    "DB_READER_HOST",
                    proxy.host(),
                    "DB_READER_PORT",
                    Integer.toString(proxy.port()),
                    "DB_CONNECTION_TIMEOUT",
                    NEVER);
            List<CompletableFuture<Ended>> waiting = waiting(database.reader(), 2);

            database.close();

            assertClosed(waiting);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void close_virtualThreadsWait_endsTheirWaits() throws Exception {
        Database database = app.open("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", NEVER);
        Connection only = database.getConnection();
        List<CompletableFuture<Ended>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Ended> ended = new CompletableFuture<>();
            waiting.add(ended);
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                    () -> borrow(database, ended));
        }
        Await.until(SOON, "the threads wait", () -> pool(database).getThreadsAwaitingConnection() == 20);

        database.close();

        assertClosed(waiting);
        only.close();
    }

    @Test
    void close_severalThreadsAndTwice_closesOnce() throws SQLException {
        Database database = app.open("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", NEVER);
        Connection only = database.getConnection();
        List<CompletableFuture<Ended>> waiting = waiting(database, 5);
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closing.add(CompletableFuture.runAsync(database::close, work -> new Thread(work).start()));
        }
        closing.forEach(CompletableFuture::join);
        database.close();

        assertClosed(waiting);
        assertThat(app.sessions()).isZero();
        only.close();
    }

    /** HikariCP would stop its shutdown at the first wait and leave the connections open. */
    @Test
    void close_byAnInterruptedThread_closesEverythingAndKeepsTheInterrupt() throws SQLException {
        Database database = app.open("DB_MAXIMUM_POOL_SIZE", "3");
        TestDatabase.query(database);
        Await.until(SOON, () -> pool(database).getTotalConnections() == 3);

        Thread.currentThread().interrupt();
        database.close();

        assertThat(Thread.interrupted()).isTrue();
        Await.until(SOON, "no session is left", () -> app.sessions() == 0);
    }

    @Test
    void close_usedConnectionOutsideAWait_endsItAsBefore() throws SQLException {
        Database database = app.open("DB_MAXIMUM_POOL_SIZE", "2");
        try (Connection used = database.getConnection()) {
            database.close();

            assertThatThrownBy(() -> TestDatabase.answer(used, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(database::getConnection)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"))
                .hasMessage("Database 'default' was closed.");
    }

    private Database through(FaultProxy proxy, String... more) throws SQLException {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of(
                "DB_PASSWORD",
                "s3cret",
                "DB_POOL_NAME",
                "closing",
                "DB_CONNECTION_TIMEOUT",
                NEVER,
                "DB_CONNECT_TIMEOUT",
                "5m"));
        return Databases.builder()
                .environment(app.environment(proxy.host(), proxy.port(), settings.toArray(new String[0])))
                .open();
    }

    private static HikariPoolMXBean pool(Database database) throws SQLException {
        return database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
    }

    /** {@return borrows that wait for a connection} */
    private static List<CompletableFuture<Ended>> waiting(Database database, int count) {
        List<CompletableFuture<Ended>> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(borrow(database));
        }
        Await.until(SOON, "the threads wait", () -> pool(database).getThreadsAwaitingConnection() == count);
        return waiting;
    }

    private static CompletableFuture<Ended> borrow(Database database) {
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        start(database, ended);
        return ended;
    }

    private static Thread start(Database database, CompletableFuture<Ended> ended) {
        Thread thread = new Thread(() -> borrow(database, ended));
        thread.start();
        return thread;
    }

    private static void borrow(Database database, CompletableFuture<Ended> ended) {
        try (Connection connection = database.getConnection()) {
            ended.completeExceptionally(new AssertionError("acquired " + connection));
        } catch (SQLException e) {
            ended.complete(new Ended(e, Thread.currentThread().isInterrupted()));
        }
    }

    private static void assertClosed(List<CompletableFuture<Ended>> waiting) {
        for (CompletableFuture<Ended> borrow : waiting) {
            Ended ended = borrow.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(ended.failure())
                    .hasMessageEndingWith("atabase 'default' was closed.")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
            assertThat(ended.interrupted()).as("interrupted").isFalse();
        }
    }
}
