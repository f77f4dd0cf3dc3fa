package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** An open database as a data source. */
@Timeout(180)
class DatabaseConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "s3cret");

    @Test
    void getConnection_withUserAndPassword_isRefusedWithTheFix() throws SQLException {
        try (Database database = app.open()) {
            assertThatThrownBy(() -> database.getConnection("other", "secret"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessage(
                            "The credentials of database 'default' are configured, and change when they rotate. Call"
                                    + " getConnection(). For another role, open another database with a name of its own.");
        }
    }

    @Test
    void unwrap_supportsHikariAndTheDatabaseItself() throws SQLException {
        try (Database database = app.open()) {
            assertThat(database.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("default");
            assertThat(database.unwrap(Database.class)).isSameAs(database);
            assertThat(database.unwrap(DataSource.class)).isSameAs(database);
            assertThat(database.isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(database.isWrapperFor(Database.class)).isTrue();
            assertThat(database.isWrapperFor(String.class)).isFalse();
            assertThatThrownBy(() -> database.unwrap(String.class))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("Database 'default' cannot be unwrapped to java.lang.String. It can be unwrapped to"
                            + " HikariDataSource.");
        }
    }

    @Test
    void loginTimeout_isConnectionTimeoutAndCannotBeSet() throws SQLException {
        try (Database database = app.open("DB_CONNECTION_TIMEOUT", "2500ms")) {
            assertThat(database.getLoginTimeout()).isEqualTo(3);
            assertThatThrownBy(() -> database.setLoginTimeout(5))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessage("The time that getConnection waits is fixed when the database is opened. Set"
                            + " DB_CONNECTION_TIMEOUT.");
            assertThat(database.getLogWriter()).isNull();
        }
    }

    @Test
    void getConnection_poolExhausted_namesTheSetting() throws SQLException {
        try (Database database = app.open("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", "500ms");
                Connection only = database.getConnection()) {
            assertThat(only.isValid(1)).isTrue();
            assertThatThrownBy(database::getConnection)
                    .isInstanceOfSatisfying(SQLTransientConnectionException.class, e -> assertThat(e.getSQLState())
                            .isEqualTo("53300"))
                    .message()
                    .matches("default - Connection is not available, request timed out after \\d+ms \\(total=1,"
                            + " active=1, idle=0, waiting=0\\)\\. All connections are used\\. Return them sooner"
                            + " \\(leakDetectionThreshold finds those that are not returned\\), or increase"
                            + " DB_MAXIMUM_POOL_SIZE \\(now 1\\)\\.");
        }
    }

    @Test
    void getConnection_serverStopped_reportsReasonStateAndCause() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server);
                Database database = Databases.builder()
                        .environment(app.environment(
                                proxy.host(),
                                proxy.port(),
                                "DB_PASSWORD",
                                "s3cret",
                                "DB_MAXIMUM_POOL_SIZE",
                                "1",
                                "DB_CONNECTION_TIMEOUT",
                                "1s"))
                        .open()) {
            proxy.refuse();
            Connection broken = database.getConnection();
            proxy.resetAll();
            assertThatThrownBy(() -> TestDatabase.answer(broken, "select 1")).isInstanceOf(SQLException.class);
            broken.close();

            assertThatThrownBy(database::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("request timed out after ")
                    .hasMessageContaining("The last attempt to open a connection failed: ")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"))
                    .cause()
                    .isInstanceOfSatisfying(ConnectionFailedException.class, cause -> assertThat(cause.kind())
                            .isEqualTo(FailureKind.REFUSED));

            proxy.pass();
            TestDatabase.query(database);
        }
    }

    @Test
    void getConnection_networkSilentForAWhile_recoversByItself() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server);
                LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(app.environment(
                                proxy.host(),
                                proxy.port(),
                                "DB_PASSWORD",
                                "s3cret",
                                "DB_MAXIMUM_POOL_SIZE",
                                "2",
                                "DB_CONNECTION_TIMEOUT",
                                "1s",
                                "DB_VALIDATION_TIMEOUT",
                                "300ms",
                                "DB_SOCKET_TIMEOUT",
                                "500ms"))
                        .open()) {
            TestDatabase.query(database);
            proxy.blackHole();
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> TestDatabase.query(database)).isInstanceOf(SQLException.class);
            }

            proxy.pass();

            Await.until(SOON, () -> {
                try {
                    TestDatabase.query(database);
                    return true;
                } catch (SQLException notYet) {
                    return false;
                }
            });
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.startsWith("Database 'default' cannot open new connections: "))
                    .hasSize(1);
            assertThat(log.messages(Level.INFO)).contains("Database 'default' can open new connections again.");
        }
    }

    @Test
    void getConnection_interruptedWhileWaiting_restoresTheFlag() throws SQLException {
        try (Database database = app.open("DB_MAXIMUM_POOL_SIZE", "1");
                Connection only = database.getConnection()) {
            assertThat(only.isClosed()).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(database::getConnection)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
                    .hasMessage("Database 'default': the thread was interrupted while it waited for a connection.")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
