package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.recovery.Demand;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.internal.pool.recovery.Series;
import dev.wellhead.internal.resolve.Resolve;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BlackHole;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What HikariCP gets from the data source of an open pool and of one that closes; its server does not answer. */
@Timeout(180)
class PoolDataSourceTest {

    private static final BlackHole HOLE = BlackHole.open();

    private final Series series = new Series();
    private final UnresponsiveConnections unresponsive = new UnresponsiveConnections(Duration.ofSeconds(8), series);
    private final PhysicalSource physical = new PhysicalSource(
            new Route(
                    Resolve.settings(
                            "DB_HOST=127.0.0.1 DB_SSLMODE=disable DB_CONNECT_TIMEOUT=25s DB_PORT=" + HOLE.port()),
                    false,
                    CredentialsProvider.fixed("app", "pw"),
                    new DatabaseListener() {}),
            new OpenConnections(2),
            new NoDemand(),
            series.failures,
            unresponsive);
    private final PoolDataSource source = new PoolDataSource(physical, "Database 'default'");

    @AfterAll
    static void close() {
        HOLE.close();
    }

    @Test
    void getConnection_connectionReady_returnsIt() throws SQLException {
        Connection kept = OfflineConnections.open();
        physical.keepReady(kept);

        assertThat(source.getConnection()).isSameAs(kept);
    }

    @Test
    void getConnection_afterClose_returnsAWakeUpConnection() throws SQLException {
        source.close();

        assertThat(source.getConnection()).hasToString("a wake-up connection: Database 'default' was closed");
    }

    /** HikariCP has one thread that connects. While it waits for a server, it could not wake other threads. */
    @Test
    void close_duringAConnect_turnsItIntoAWakeUpConnection() {
        source.started();
        CompletableFuture<Object> result = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread adder = new Thread(() -> {
            try {
                result.complete(source.getConnection());
            } catch (SQLException e) {
                result.complete(e);
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        adder.start();
        source.close();

        Await.until(Duration.ofSeconds(60), () -> {
            source.interruptConnect();
            return result.isDone();
        });

        assertThat(result.join()).hasToString("a wake-up connection: Database 'default' was closed");
        assertThat(interrupted.join()).isFalse();
    }

    /** The first connects run on the thread that opens the database. */
    @Test
    void interruptConnect_beforeThePoolHasStarted_interruptsNoThread() throws SQLException {
        physical.keepReady(OfflineConnections.open());
        assertThat(source.getConnection()).isNotNull();

        source.interruptConnect();

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void otherMethods_ofADataSource_areRefusedOrIgnored() {
        source.setLogWriter(null);
        source.setLoginTimeout(5);
        assertThat(source.getLogWriter()).isNull();
        assertThat(source.getLoginTimeout()).isEqualTo(physical.getLoginTimeout());
        assertThat(source.isWrapperFor(Connection.class)).isFalse();
        assertThatThrownBy(() -> source.unwrap(Connection.class))
                .isInstanceOf(SQLException.class)
                .hasMessage("Not a wrapper for java.sql.Connection.");
        assertThatThrownBy(() -> source.getConnection("app", "pw"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("The credentials of this pool are configured.");
        assertThatThrownBy(source::getParentLogger).isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    private static final class NoDemand implements Demand {

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public boolean isAwaited() {
            return false;
        }
    }
}
