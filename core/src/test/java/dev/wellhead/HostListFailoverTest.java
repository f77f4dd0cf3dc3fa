package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Pools over a list of hosts while the servers change their roles. */
@Timeout(180)
class HostListFailoverTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SIZE = 4;

    private PostgresServer first = PostgresServer.shared();
    private PostgresServer second = PostgresServer.shared();

    @BeforeEach
    void start() {
        first = PostgresServer.start();
        first.execute("create table notes (text text)");
        second = first.standby();
    }

    @AfterEach
    void end() {
        second.close();
        first.close();
    }

    /** A connection reports that its server was demoted with the first write that fails. */
    @ParameterizedTest(name = "targetServerType \"{0}\"")
    @ValueSource(strings = {"", "read-write", "primary"})
    void write_primaryDemotedAndStandbyPromoted_failsOnceForEachConnectionAtMost(String type) throws Exception {
        try (Database database = open(type)) {
            fill(database);
            second.promote();
            readOnly(first, true);

            int failed = 0;
            while (!write(database)) {
                failed++;
            }
            for (int i = 0; i < 3 * SIZE; i++) {
                failed += write(database) ? 0 : 1;
            }

            assertThat(failed).isBetween(1, SIZE);
            assertThat(second.query("select count(*) from notes").get(0)).isEqualTo(Integer.toString(1 + 3 * SIZE));
        }
    }

    @Test
    void write_serverIsReadOnlyForAWhile_keepsConnectionsAndReads() throws Exception {
        try (LogCapture log = LogCapture.start();
                Database database = open("")) {
            Set<Integer> backends = fill(database);
            readOnly(first, true);
            for (int i = 0; i < 5 * SIZE; i++) {
                assertThat(write(database)).isFalse();
                TestDatabase.query(database);
            }
            Await.until(SOON, () -> log.messages(Level.WARN).stream()
                    .anyMatch(line -> line.contains("writes fail because")));
            assertThat(fill(database)).isEqualTo(backends);

            readOnly(first, false);

            Await.until(SOON, () -> write(database));
            assertThat(fill(database)).isEqualTo(backends);
            assertThat(log.messages(Level.WARN)).hasSize(1);
            assertThat(log.events())
                    .filteredOn(event -> event.level().toInt() >= Level.INFO.toInt())
                    .extracting(LogCapture.Event::stackTrace)
                    .containsOnly("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin read only", "set default_transaction_read_only = on"})
    void write_sessionThatTheApplicationMadeReadOnly_keepsItsConnection(String statement) throws Exception {
        try (Database database = open("")) {
            Set<Integer> backends = fill(database);
            for (int i = 0; i < 2 * SIZE; i++) {
                try (Connection connection = database.getConnection();
                        Statement sql = connection.createStatement()) {
                    sql.execute(statement);
                    assertThat(refuses(sql)).isTrue();
                    sql.execute(statement.startsWith("begin") ? "rollback" : "reset default_transaction_read_only");
                }
            }
            // gives a check the time to end
            Await.until(SOON, () -> write(database));

            assertThat(fill(database)).isEqualTo(backends);
        }
    }

    /** The sessions that began meanwhile stay read-only, and only a new one is better. */
    @Test
    void write_databaseWasReadOnlyWhenTheSessionsBegan_replacesThem() throws Exception {
        first.execute("alter database postgres set default_transaction_read_only = on");
        try (Database database = open("any")) {
            fill(database);
            assertThat(write(database)).isFalse();
            first.execute(
                    "set default_transaction_read_only = off",
                    "alter database postgres reset default_transaction_read_only");

            Await.until(SOON, () -> write(database));
        }
    }

    /** The session that was opened to compare it with the others is not part of the pool unless the pool needs it. */
    @Test
    void write_poolNeedsNoConnection_closesTheSessionThatWasCompared() throws Exception {
        first.execute("alter database postgres set default_transaction_read_only = on");
        Map<String, String> environment = environment("any");
        environment.put("DB_MINIMUM_IDLE", "0");
        try (LogCapture log = LogCapture.start();
                Database database = Databases.builder().environment(environment).open()) {
            fill(database);
            first.execute(
                    "set default_transaction_read_only = off",
                    "alter database postgres reset default_transaction_read_only");
            assertThat(write(database)).isFalse();
            Await.until(SOON, () -> log.messages(Level.INFO).stream()
                    .anyMatch(line -> line.contains("replaced, because their server does not accept writes")));

            HikariDataSource pool = database.unwrap(HikariDataSource.class);
            Await.until(SOON, () -> sessions() <= pool.getHikariPoolMXBean().getTotalConnections());
        }
    }

    /** {@return the number of sessions on the first server, without the one that counts them} */
    private int sessions() {
        return Integer.parseInt(first.query("select count(*) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()")
                .get(0));
    }

    /** Each new connection would otherwise wait for the first host. */
    @Test
    void open_firstHostSilent_fillsThePoolFromTheSecond() throws Exception {
        try (FaultProxy silent = FaultProxy.to(first)) {
            silent.blackHole();
            Map<String, String> environment = environment("");
            environment.put("DB_PORT", silent.port() + "," + first.port());
            try (Database database =
                    Databases.builder().environment(environment).open()) {
                HikariDataSource pool = database.unwrap(HikariDataSource.class);
                Await.until(SOON, () -> pool.getHikariPoolMXBean().getTotalConnections() == SIZE);

                assertThat(silent.connectionCount()).isEqualTo(1);
            }
        }
    }

    private Database open(String type) throws SQLException {
        return Databases.builder().environment(environment(type)).open();
    }

    private Map<String, String> environment(String type) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", first.host() + "," + second.host());
        environment.put("DB_PORT", first.port() + "," + second.port());
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", PostgresServer.SUPERUSER);
        environment.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        environment.put("DB_MAXIMUM_POOL_SIZE", Integer.toString(SIZE));
        environment.put("DB_CONNECTION_TIMEOUT", "10s");
        environment.put("DB_TARGET_SERVER_TYPE", type);
        return environment;
    }

    /** Acquires every connection of the pool. {@return the processes of the server behind them} */
    private static Set<Integer> fill(Database database) throws SQLException {
        Connection[] all = new Connection[SIZE];
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < SIZE; i++) {
            all[i] = database.getConnection();
            backends.add(Integer.valueOf(TestDatabase.answer(all[i], "select pg_backend_pid()")));
        }
        for (Connection each : all) {
            each.close();
        }
        return backends;
    }

    /** {@return whether a write succeeded} */
    private static boolean write(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return !refuses(statement);
        }
    }

    private static boolean refuses(Statement statement) throws SQLException {
        try {
            statement.execute("insert into notes values ('x')");
            return false;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("25006");
            return true;
        }
    }

    /** Returns when the server has read the setting. */
    private static void readOnly(PostgresServer server, boolean on) {
        server.execute(
                "set default_transaction_read_only = off",
                "alter system set default_transaction_read_only = " + (on ? "on" : "off"),
                "select pg_reload_conf()");
        Await.until(
                SOON,
                () -> server.query("show default_transaction_read_only").get(0).equals(on ? "on" : "off"));
    }
}
