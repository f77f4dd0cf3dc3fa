package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.recovery.Demand;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.internal.pool.recovery.Series;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The use of the connection that is kept ready. Nothing listens on the port of new connections. */
class PhysicalSourceTest {

    private final int port = FreePort.find();
    private final OpenConnections open = new OpenConnections(2);
    private final Series series = new Series();
    private final UnresponsiveConnections unresponsive = new UnresponsiveConnections(Duration.ofSeconds(8), series);
    private volatile boolean wanted;
    private final PhysicalSource source = new PhysicalSource(
            new Route(
                    Resolve.settings("DB_HOST=127.0.0.1 DB_SSLMODE=disable DB_PORT=" + port),
                    false,
                    CredentialsProvider.fixed("app", "pw"),
                    new DatabaseListener() {}),
            open,
            new Needs(),
            series.failures,
            unresponsive);

    @Test
    void getConnection_connectionReady_isHandedOutOnce() throws SQLException {
        Connection kept = OfflineConnections.open();
        source.keepReady(kept);
        assertThat(source.isReady()).isTrue();

        assertThat(source.getConnection()).isSameAs(kept);

        assertThat(source.isReady()).isFalse();
        assertThatThrownBy(source::getConnection).isInstanceOf(ConnectionFailedException.class);
    }

    /** The server can close it while it waits; HikariCP would hand it to a borrower. */
    @Test
    void getConnection_readyConnectionClosed_opensAnother() throws SQLException {
        Connection kept = OfflineConnections.open();
        source.keepReady(kept);
        kept.close();

        assertThatThrownBy(source::getConnection)
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void keepReady_anotherIsReady_closesThatOne() throws SQLException {
        AtomicInteger firstClosed = new AtomicInteger();
        Connection second = OfflineConnections.open();
        source.keepReady(OfflineConnections.open(firstClosed));

        source.keepReady(second);

        assertThat(firstClosed).hasValue(1);
        assertThat(source.getConnection()).isSameAs(second);
    }

    @Test
    void keepReady_openConnection_isCounted() throws SQLException {
        source.keepReady(OfflineConnections.open());

        assertThat(open.countOlderThan(1)).isEqualTo(1);
    }

    @Test
    void drop_connectionReady_closesItOnce() throws SQLException {
        AtomicInteger closed = new AtomicInteger();
        source.keepReady(OfflineConnections.open(closed));

        source.drop();
        source.drop();

        assertThat(closed).hasValue(1);
        assertThat(source.isReady()).isFalse();
    }

    @Test
    void drop_connectionThatCannotBeClosed_isForgotten() throws SQLException {
        source.keepReady(OfflineConnections.broken());

        source.drop();

        assertThat(source.isReady()).isFalse();
    }

    @Test
    void close_connectionReady_closesIt() throws SQLException {
        AtomicInteger closed = new AtomicInteger();
        source.keepReady(OfflineConnections.open(closed));

        source.close();

        assertThat(closed).hasValue(1);
    }

    /** A replacement can be ready only after the pool was closed: nobody else would close it. */
    @Test
    void keepReady_afterClose_closesTheConnectionAndFails() {
        AtomicInteger closed = new AtomicInteger();
        source.close();

        assertThatThrownBy(() -> source.keepReady(OfflineConnections.open(closed)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"))
                .hasMessage("Database 'default' was closed.");
        assertThat(closed).hasValue(1);
        assertThat(source.isReady()).isFalse();
    }

    /** HikariCP itself reports a failure only after a borrower has waited for connectionTimeout. */
    @Test
    void getConnection_failsRepeatedly_warnsOnce() {
        try (LogCapture log = LogCapture.start()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(source::getConnection).isInstanceOf(ConnectionFailedException.class);
            }

            assertThat(log.messages(Level.WARN)).singleElement().satisfies(message -> assertThat(message)
                    .startsWith("Database 'ledger' cannot open new connections: ")
                    .contains("127.0.0.1:" + port));
        }
    }

    @Test
    void getConnection_failsAfterClose_logsNothing() {
        source.close();

        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    /** A rotation proves a login while a borrower waits for the pool: the connection is not closed as unused. */
    @Test
    void keepReady_callIsRetrying_handsTheConnectionToIt() throws Exception {
        wanted = true;
        Connection proven = OfflineConnections.open();
        CompletableFuture<Connection> waiting = startGetting();

        source.keepReady(proven);

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isSameAs(proven);
        assertThat((Throwable) series.failures.last()).isNull();
    }

    @Test
    void close_callIsRetrying_endsIt() {
        wanted = true;
        CompletableFuture<Connection> waiting = startGetting();

        source.close();

        assertThat(waiting)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectionFailedException.class);
    }

    /** {@return the result of a call on another thread that fails at first} */
    private CompletableFuture<Connection> startGetting() {
        CompletableFuture<Connection> getting = CompletableFuture.supplyAsync(() -> {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        Await.until(Duration.ofMinutes(1), "the first attempt failed", () -> series.failures.last() != null);
        return getting;
    }

    private final class Needs implements Demand {

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public boolean isAwaited() {
            return wanted;
        }
    }

    @Test
    void open_noServer_failsAndKeepsNothingReady() {
        assertThatThrownBy(() -> source.open(Duration.ofSeconds(5))).isInstanceOf(ConnectionFailedException.class);
        assertThatThrownBy(() -> source.openWithFirstCandidate(Duration.ofSeconds(5)))
                .isInstanceOf(ConnectionFailedException.class);
        assertThat(source.isReady()).isFalse();
    }

    /** HikariCP waits this long for a running attempt when it shuts down. */
    @Test
    void loginTimeout_openAndClosed_isTheBudgetThenASecond() {
        assertThat(source.getLoginTimeout()).isBetween(1, 30);

        source.close();

        assertThat(source.getLoginTimeout()).isEqualTo(1);
    }
}
