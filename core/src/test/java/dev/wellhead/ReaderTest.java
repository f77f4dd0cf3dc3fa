package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(180)
class ReaderTest {

    /** Longer than the longest interval between two checks of the hosts, which is 36 s, on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static PostgresServer primary;
    private static PostgresServer standby;

    @BeforeAll
    static void start() {
        primary = PostgresServer.start();
        primary.execute("create table notes (text text)");
        standby = primary.standby();
    }

    @AfterAll
    static void end() {
        standby.close();
        primary.close();
    }

    @Test
    void reader_standby_servesReadsAndRefusesWrites() throws SQLException {
        try (Database database = open(standby.host(), standby.port())) {
            Database reader = database.reader();

            assertThat(reader).isNotSameAs(database);
            assertThat(answer(database, "select pg_is_in_recovery()")).isEqualTo("f");
            assertThat(answer(reader, "select pg_is_in_recovery()")).isEqualTo("t");
            assertThat(answer(reader, "show transaction_read_only")).isEqualTo("on");
            assertThatThrownBy(() -> answer(reader, "insert into notes values ('x') returning text"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));
            assertThat(reader.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("default-reader");
            assertThat(reader.reader()).isSameAs(reader);
        }
    }

    @Test
    void reader_thatIsAPrimary_isStillReadOnly() throws SQLException {
        try (Database database = open(primary.host(), primary.port())) {
            assertThatThrownBy(() -> answer(database.reader(), "insert into notes values ('x') returning text"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));
        }
    }

    @Test
    void reader_down_doesNotStopTheStartAndConnectsLater() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(standby);
                LogCapture log = LogCapture.start()) {
            proxy.refuse();
            try (Database database = open(proxy.host(), proxy.port(), "DB_READER_FALLBACK", "none")) {
                assertThat(answer(database, "select 1")).isEqualTo("1");
                Await.until(SOON, () -> log.messages(Level.WARN).stream()
                        .anyMatch(message ->
                                message.startsWith("Reader of database 'default' cannot open new connections: ")));

                proxy.pass();

                Await.until(SOON, () -> answer(database.reader(), "select 1").equals("1"));
            }
        }
    }

    @Test
    void reader_standbyDown_fallsBackToThePrimaryAndReturns() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(standby)) {
            proxy.refuse();
            try (Database database = open(proxy.host(), proxy.port(), "DB_READER_MAX_LAG", "2s")) {
                Database reader = database.reader();
                assertThat(answer(reader, "select pg_is_in_recovery()")).isEqualTo("f");
                assertThatThrownBy(() -> answer(reader, "insert into notes values ('x') returning text"))
                        .isInstanceOf(SQLException.class)
                        .satisfies(e ->
                                assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));

                proxy.pass();

                // the other two are those of the database itself
                Await.until(
                        SOON, () -> answer(reader, "select pg_is_in_recovery()").equals("t") && readers(primary) == 2);
            }
        }
    }

    @Test
    void reader_fallbackNone_neverUsesThePrimary() throws SQLException {
        try (Database database =
                open(primary.host(), primary.port(), "DB_READER_FALLBACK", "none", "DB_CONNECTION_TIMEOUT", "1s")) {
            assertThatThrownBy(() -> answer(database.reader(), "select 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("it is a primary, and targetServerType is standby")
                    .hasMessageContaining("set DB_READER_FALLBACK to primary");
        }
    }

    @Test
    void reader_standbyPromoted_isLeft() throws SQLException {
        try (PostgresServer promoted = primary.standby();
                FaultProxy proxy = FaultProxy.to(standby)) {
            // The order of the hosts is random, so without this every connection could go to the same standby by
            // chance.
            proxy.refuse();
            try (Database database = open(
                    proxy.host() + "," + promoted.host(),
                    proxy.port() + "," + promoted.port(),
                    "DB_MAXIMUM_POOL_SIZE",
                    "6")) {
                Database reader = database.reader();
                Await.until(SOON, "6 sessions on one standby", () -> readers(promoted) == 6);

                proxy.pass();
                promoted.promote();

                Await.until(SOON, "6 sessions on the other standby", () -> {
                    useAll(reader, 6);
                    return readers(promoted) == 0 && readers(standby) == 6;
                });
            }
        }
    }

    @Test
    void reader_standbyFallsBehind_isLeft() throws SQLException {
        try (PostgresServer slow = primary.standby();
                Database database = open(slow.host(), Integer.toString(slow.port()), "DB_READER_MAX_LAG", "500ms")) {
            Database reader = database.reader();
            Await.until(SOON, () -> answer(reader, "select pg_is_in_recovery()").equals("t"));

            slow.execute("select pg_wal_replay_pause()");
            primary.execute("insert into notes values ('y')");

            Await.until(SOON, () -> answer(reader, "select pg_is_in_recovery()").equals("f"));
            Await.until(SOON, () -> readers(slow) == 0);

            slow.execute("select pg_wal_replay_resume()");

            Await.until(SOON, () -> answer(reader, "select pg_is_in_recovery()").equals("t"));
        }
    }

    @Test
    void reader_withoutReaderHosts_isReadOnlyAndConnectsWhenItIsUsed() throws SQLException {
        Map<String, String> environment = environment();
        try (Database database = Databases.builder().environment(environment).open()) {
            Database reader = database.reader();
            assertThat(reader).isSameAs(database.reader());
            assertThat(reader.unwrap(HikariDataSource.class)
                            .getHikariPoolMXBean()
                            .getTotalConnections())
                    .isZero();

            assertThat(answer(reader, "show default_transaction_read_only")).isEqualTo("on");
            assertThatThrownBy(() -> answer(reader, "insert into notes values ('x') returning text"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));
            assertThat(answer(database, "insert into notes values ('x') returning text"))
                    .isEqualTo("x");
        }
    }

    @Test
    void reader_withoutReaderHosts_usesTheStandbyOfTheList() throws SQLException {
        Map<String, String> environment = environment();
        environment.put("DB_HOST", primary.host() + "," + standby.host());
        environment.put("DB_PORT", primary.port() + "," + standby.port());
        try (Database database = Databases.builder().environment(environment).open()) {
            assertThat(answer(database, "select pg_is_in_recovery()")).isEqualTo("f");
            assertThat(answer(database.reader(), "select pg_is_in_recovery()")).isEqualTo("t");
        }
    }

    @Test
    void reader_afterClose_isClosed() throws SQLException {
        Database database = Databases.builder().environment(environment()).open();
        database.close();

        assertThatThrownBy(() -> database.reader().getConnection())
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
    }

    @Test
    void close_closesTheReaderToo() throws SQLException {
        Database database = open(standby.host(), standby.port());
        Database reader = database.reader();
        database.close();

        assertThatThrownBy(reader::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessage("Reader of database 'default' was closed.");
    }

    private static Database open(String readerHost, int readerPort, String... more) throws SQLException {
        return open(readerHost, Integer.toString(readerPort), more);
    }

    /** @param more names and values alternately */
    private static Database open(String readerHosts, String readerPorts, String... more) throws SQLException {
        Map<String, String> environment = environment();
        environment.put("DB_READER_HOST", readerHosts);
        environment.put("DB_READER_PORT", readerPorts);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Databases.builder().environment(environment).open();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", primary.host());
        environment.put("DB_PORT", Integer.toString(primary.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", PostgresServer.SUPERUSER);
        environment.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        environment.put("DB_APPLICATION_NAME", "reader-test");
        environment.put("DB_MAXIMUM_POOL_SIZE", "2");
        environment.put("DB_CONNECTION_TIMEOUT", "20s");
        return environment;
    }

    /** Runs a statement on every connection: each reports a promotion with the answer. */
    private static void useAll(Database database, int connections) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                Connection connection = database.getConnection();
                all.add(connection);
                connection.createStatement().execute("select 1");
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    /** {@return the number of sessions of this test on the server} */
    private static int readers(PostgresServer server) {
        return Integer.parseInt(
                server.query("select count(*) from pg_stat_activity where application_name = 'reader-test'")
                        .get(0));
    }

    private static String answer(Database database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
