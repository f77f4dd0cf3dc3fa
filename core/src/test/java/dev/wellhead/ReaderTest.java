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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(60)
class ReaderTest {

    private static final Duration SOON = Duration.ofSeconds(15);

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
            try (Database database = open(proxy.host(), proxy.port())) {
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
    void close_closesTheReaderToo() throws SQLException {
        Database database = open(standby.host(), standby.port());
        Database reader = database.reader();
        database.close();

        assertThatThrownBy(reader::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessage("Reader of database 'default' was closed.");
    }

    private static Database open(String readerHost, int readerPort) throws SQLException {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", primary.host());
        environment.put("DB_PORT", Integer.toString(primary.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", PostgresServer.SUPERUSER);
        environment.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        environment.put("DB_MAXIMUM_POOL_SIZE", "2");
        environment.put("DB_CONNECTION_TIMEOUT", "5s");
        environment.put("DB_READER_HOST", readerHost);
        environment.put("DB_READER_PORT", Integer.toString(readerPort));
        return Databases.builder().environment(environment).open();
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
