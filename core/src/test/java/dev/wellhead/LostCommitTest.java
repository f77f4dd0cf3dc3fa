package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** The SQLSTATE of a lost connection, before, during and after COMMIT. */
@Timeout(120)
class LostCommitTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static PostgresServer server;

    private FaultProxy proxy;
    private Database database;

    @BeforeAll
    static void startServer() {
        // a COMMIT with synchronous_commit=on waits for ever, because this standby does not exist
        server = PostgresServer.builder()
                .setting("synchronous_standby_names", "missing")
                .start();
        server.execute("create table notes (id int primary key deferrable initially deferred)");
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        // a session that still waits for the standby would keep its locks
        server.terminateSessions();
        server.execute("truncate notes");
        proxy = FaultProxy.to(server);
        TestDatabase app = TestDatabase.on(server, "app");
        server.execute("grant all on notes to " + app.role());
        database = Databases.builder()
                .environment(app.environment(
                        proxy.host(),
                        proxy.port(),
                        "DB_PASSWORD",
                        "app",
                        "DB_MAXIMUM_POOL_SIZE",
                        "1",
                        "DB_CONNECTION_TIMEOUT",
                        "60s"))
                .open();
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
    }

    @Test
    void commit_answerLost_isUnknownAlthoughItWasCommitted() throws SQLException {
        Connection connection = begin();
        execute(connection, "set local synchronous_commit = on");
        CompletableFuture<SQLException> failure = failureOf(connection::commit);
        Await.until(SOON, "the COMMIT waits for the standby", () -> waits("SyncRep"));

        proxy.resetAll();

        assertUnknown(failure.join());
        // the server ends the wait and completes the transaction
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
        Await.until(SOON, "the transaction is visible", () -> notes().equals("1"));
        assertReplaced(connection);
    }

    @Test
    void commit_requestLost_isUnknownAlthoughItWasRolledBack() throws SQLException {
        Connection connection = begin();
        proxy.blackHole();
        CompletableFuture<SQLException> failure = failureOf(connection::commit);

        proxy.resetAll();
        proxy.pass();

        assertUnknown(failure.join());
        assertThat(notes()).isEqualTo("0");
        assertReplaced(connection);
    }

    @Test
    void commit_sessionTerminatedByTheServer_isUnknown() throws SQLException {
        Connection connection = begin();
        server.terminateSessions();

        SQLException failure = failureOf(connection::commit).join();

        assertUnknown(failure);
        // the server's last message, or the end of the connection if the driver could not read it any more
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(SQLException.class, cause -> assertThat(cause.getSQLState())
                        .isIn("57P01", "08006"));
        assertReplaced(connection);
    }

    @Test
    void setAutoCommit_thatCommits_isUnknownLikeCommit() throws SQLException {
        Connection connection = begin();
        proxy.resetAll();

        assertUnknown(failureOf(() -> connection.setAutoCommit(true)).join());
    }

    @Test
    void commit_refusedByTheServer_keepsItsStateAndTheConnection() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "insert into notes values (1), (1)");

            assertThat(failureOf(connection::commit).join().getSQLState()).isEqualTo("23505");
            assertThat(TestDatabase.answer(connection, "select count(*) from notes"))
                    .isEqualTo("0");
        }
    }

    @Test
    void statement_lostInsideATransaction_isACertainFailure() throws SQLException {
        Connection connection = begin();
        proxy.resetAll();

        SQLException statement =
                failureOf(() -> execute(connection, "select 1")).join();
        SQLException commit = failureOf(connection::commit).join();

        assertThat(statement.getSQLState()).isEqualTo("08006");
        // nothing was sent, because the connection was known to be closed
        assertThat(commit.getSQLState()).isNotEqualTo("08007");
        assertThat(notes()).isEqualTo("0");
    }

    @Test
    void rollback_lost_isACertainFailure() throws SQLException {
        Connection connection = begin();
        proxy.resetAll();

        assertThat(failureOf(connection::rollback).join().getSQLState()).isEqualTo("08006");
    }

    @Test
    void commit_closedConnection_isACertainFailure() throws SQLException {
        Connection physical = (Connection) database.getConnection().unwrap(PGConnection.class);
        physical.setAutoCommit(false);
        execute(physical, "insert into notes values (1)");
        physical.close();

        assertThat(failureOf(physical::commit).join().getSQLState()).isEqualTo("08003");
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        execute(connection, "insert into notes values (1)");
        return connection;
    }

    private void assertUnknown(SQLException failure) {
        assertThat(failure.getSQLState()).isEqualTo("08007");
        assertThat(failure.getMessage())
                .startsWith("The connection to 127.0.0.1:" + proxy.port() + " was lost during COMMIT."
                        + " It is unknown whether the transaction was committed. The driver reports: ");
    }

    /** The pool must not lend a connection again that was lost. */
    private void assertReplaced(Connection lost) throws SQLException {
        lost.close();
        TestDatabase.query(database);
        assertThat(database.unwrap(HikariDataSource.class).getHikariPoolMXBean().getTotalConnections())
                .isEqualTo(1);
    }

    private static boolean waits(String event) {
        return !server.query("select pid from pg_stat_activity where wait_event = '" + event + "'")
                .isEmpty();
    }

    private static String notes() {
        return server.query("select count(*) from notes").get(0);
    }

    private static CompletableFuture<SQLException> failureOf(Action action) {
        return CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, action::run));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Action {
        void run() throws SQLException;
    }
}
