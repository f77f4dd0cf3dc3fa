package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.slf4j.event.Level;

/** Connections that get no answer any more although nothing closes them, and statements that only take long. */
@Timeout(180)
class LostConnectionsTest {

    private static final String LOST = "the server is not executing the statement: it was lost, or its result was.";

    private static PostgresServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultProxy proxy;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder()
                .tls(CertificateAuthority.create("Test CA").server("localhost", "127.0.0.1"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        proxy = FaultProxy.to(server);
    }

    @AfterEach
    void disconnect() {
        proxy.close();
        threads.shutdownNow();
    }

    @Test
    void getConnection_idlePoolHalfOpen_succeedsAfterOneValidation() throws Exception {
        try (LogCapture log = LogCapture.start();
                // to validate the connections one after another would take 8 s
                Database database =
                        open("DB_MAXIMUM_POOL_SIZE=8", "DB_VALIDATION_TIMEOUT=1s", "DB_CONNECTION_TIMEOUT=5s")) {
            fill(database, 8);
            int before = proxy.connectionCount();
            proxy.halfOpen();

            assertThat(answer(database, "select 1")).isEqualTo("1");

            Await.until(Duration.ofSeconds(60), () -> proxy.connectionCount() >= before + 8);
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.contains("did not respond within"))
                    .hasSize(1);
        }
    }

    @Test
    void getConnection_idlePoolHalfOpenAndManyBorrowers_allSucceed() throws Exception {
        try (Database database = open("DB_MAXIMUM_POOL_SIZE=4", "DB_VALIDATION_TIMEOUT=1s")) {
            fill(database, 4);
            proxy.halfOpen();

            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(threads.submit(() -> answer(database, "select 1")));
            }

            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void statement_whoseAnswerIsLost_failsWithTheReason(String sslMode) throws Exception {
        try (Database database = open("DB_SILENCE_CHECK_AFTER=1s", "DB_SSLMODE=" + sslMode)) {
            fill(database, 2);
            try (Connection used = database.getConnection()) {
                proxy.halfOpen();

                assertThatThrownBy(() -> answer(used, "select 1"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("08006"))
                        .hasMessageStartingWith("Nothing was received from 127.0.0.1:" + proxy.port() + " for ")
                        .hasMessageEndingWith(LOST);
                assertThat(used.isClosed()).isTrue();
            }
            assertThat(answer(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void statement_serverSilentEverywhere_failsWithTheReason() throws Exception {
        try (Database database = open("DB_SILENCE_CHECK_AFTER=1s");
                Connection used = database.getConnection()) {
            proxy.blackHole();

            assertThatThrownBy(() -> answer(used, "select 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"))
                    .hasMessageEndingWith("and the server does not respond to attempts to connect.");
            proxy.pass();
        }
    }

    @Test
    void statement_serverRestartedMeanwhile_failsWithTheReason() throws Exception {
        try (PostgresServer other = PostgresServer.start();
                FaultProxy before = FaultProxy.to(other);
                Database database = open(before, "DB_SILENCE_CHECK_AFTER=10s")) {
            fill(database, 2);
            try (Connection used = database.getConnection();
                    Connection second = database.getConnection()) {
                Future<Throwable> failure = threads.submit(() -> {
                    try {
                        return new AssertionError(answer(used, "select pg_sleep(600)"));
                    } catch (SQLException e) {
                        return e;
                    }
                });
                Await.until(Duration.ofSeconds(60), () -> other.query(
                                "select count(*) from pg_stat_activity where query like '%sleep(600)'"
                                        + " and state = 'active'")
                        .contains("1"));
                before.halfOpen();
                other.restart();

                assertThat(failure.get())
                        .hasMessageEndingWith("the server was restarted, or another one answers at its address.");
                assertThatThrownBy(() -> answer(second, "select 1"))
                        .hasMessage(failure.get().getMessage());
            }
            assertThat(answer(database, "select 1")).isEqualTo("1");
        }
    }

    /** A long statement, a wait for a lock, a wait for notifications and an idle transaction, checked several times. */
    @Test
    void statement_onAHealthyServer_isNeverTouched() throws Exception {
        server.execute("create table if not exists locked (id int)");
        try (LogCapture log = LogCapture.start();
                Database database = open("DB_SILENCE_CHECK_AFTER=1s", "DB_MAXIMUM_POOL_SIZE=6");
                Connection holder = database.getConnection()) {
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute("lock table locked");
            }
            Future<String> sleeping = threads.submit(() -> answer(database, "select pg_sleep(6)"));
            Future<String> waiting = threads.submit(() -> answer(database, "select count(*) from locked"));
            Future<Integer> listening = threads.submit(() -> {
                try (Connection connection = database.getConnection()) {
                    return connection.unwrap(PGConnection.class).getNotifications(6_000).length;
                }
            });

            assertThat(sleeping.get()).isEmpty();
            assertThat(listening.get()).isZero();
            holder.commit();
            assertThat(waiting.get()).isEqualTo("0");
            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    private Database open(String... settings) throws SQLException {
        return open(proxy, settings);
    }

    private static Database open(FaultProxy before, String... settings) throws SQLException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DB_HOST",
                before.host(),
                "DB_PORT",
                Integer.toString(before.port()),
                "DB_NAME",
                "postgres",
                "DB_USER",
                PostgresServer.SUPERUSER,
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD,
                "DB_MAXIMUM_POOL_SIZE",
                "2"));
        for (String setting : settings) {
            int at = setting.indexOf('=');
            environment.put(setting.substring(0, at), setting.substring(at + 1));
        }
        return Databases.builder().environment(environment).open();
    }

    /** Opens all connections, and waits until HikariCP validates them before they are used again. */
    private static void fill(Database database, int connections) throws Exception {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(database.getConnection());
        }
        for (Connection each : all) {
            each.close();
        }
        long filled = System.nanoTime();
        Await.until(Duration.ofSeconds(60), () -> System.nanoTime() - filled > 600_000_000);
    }

    private static String answer(Database database, String query) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return answer(connection, query);
        }
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
