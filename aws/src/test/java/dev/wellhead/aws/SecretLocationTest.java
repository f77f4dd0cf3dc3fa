package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.tls.SslMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** The server that a secret names, and what it cannot override. */
@Timeout(120)
class SecretLocationTest {

    private static final String ID = "prod/ledger";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresServer first = PostgresServer.shared();
    private SecretsManagerServer store;

    @BeforeEach
    void startStore() {
        store = SecretsManagerServer.start();
    }

    @AfterEach
    void stopStore() {
        store.close();
    }

    @Test
    void secret_thatNamesAnotherServer_isFollowedByNewConnections() throws Exception {
        try (PostgresServer second = PostgresServer.start()) {
            first.createRole("moved", "pw");
            second.createRole("moved", "pw");
            store.put(ID, secret(first, "moved", ""));
            try (Database database = open(Map.of("ENVIRONMENT", "test"))) {
                assertThat(port(database)).isEqualTo(first.port());

                store.createPending(ID, secret(second, "moved", ""));
                store.finish(ID);

                Await.until(SOON, "new connections go there", () -> port(database) == second.port());
            }
        }
    }

    /** A restore: new server, new password, and the old server stops before the secret is changed. */
    @Test
    @SuppressWarnings("try") // the test stops the server earlier
    void secret_changedAfterTheOldServerStopped_isReadAgainAndFollowed() throws Exception {
        try (PostgresServer old = PostgresServer.start()) {
            old.createRole("restored", "old");
            first.createRole("restored", "new");
            store.put(ID, secret(old, "restored", "").replace("\"pw\"", "\"old\""));
            try (Database database = open(Map.of("ENVIRONMENT", "test"), Duration.ofMinutes(15))) {
                assertThat(port(database)).isEqualTo(old.port());
                old.close();
                assertThatThrownBy(() -> query(database, "select 1")).isInstanceOf(SQLException.class);

                store.put(ID, secret(first, "restored", "").replace("\"pw\"", "\"new\""));
                long right = System.nanoTime();

                Await.until(SOON, "the new server is used", () -> answers(database, first.port()));
                System.out.printf(
                        "first success %d ms after the secret was right%n", (System.nanoTime() - right) / 1_000_000);
            }
        }
    }

    @Test
    void secret_withTypos_neverEmptiesThePoolAndIsFollowedOnceCorrected() throws Exception {
        try (PostgresServer second = PostgresServer.start();
                LogCapture log = LogCapture.start()) {
            first.createRole("typo", "pw");
            second.createRole("typo", "pw");
            store.put(ID, secret(first, "typo", ""));
            try (Database database = open(Map.of("ENVIRONMENT", "test"), Duration.ofMillis(200))) {
                assertThat(port(database)).isEqualTo(first.port());
                store.put(ID, secret(first, "typo", "").replace("\"postgres\",\"user", "\"postgers\",\"user"));
                Await.until(SOON, "the typo was reported", () -> {
                    assertThat(port(database)).isEqualTo(first.port());
                    return !log.messages(Level.WARN).isEmpty();
                });
                assertThat(log.messages(Level.WARN)).singleElement().satisfies(message -> assertThat(message)
                        .contains("cannot be used", "postgers", "New connections still go to the previous one"));

                store.put(ID, secret(second, "typo", ""));
                Await.until(SOON, "the correction is followed", () -> port(database) == second.port());
                store.put(ID, secret(first, "typo", ""));
                Await.until(SOON, "the move back is followed", () -> port(database) == first.port());
            }
        }
    }

    @Test
    @SuppressWarnings("try") // the test stops the server earlier
    void getConnection_oldServerStoppedAndNewPlaceWrong_namesBoth() throws Exception {
        int wrong = FreePort.find();
        try (PostgresServer old = PostgresServer.start()) {
            old.createRole("both", "pw");
            store.put(ID, secret(old, "both", ""));
            try (Database database = open(Map.of("ENVIRONMENT", "test"), Duration.ofMillis(200))) {
                assertThat(port(database)).isEqualTo(old.port());
                store.put(ID, secret(old, "both", "").replace("\"" + old.port() + "\"", "\"" + wrong + "\""));
                old.close();

                Await.until(SOON, "the message names both", () -> {
                    try {
                        query(database, "select 1");
                        return false;
                    } catch (SQLException e) {
                        String message = String.valueOf(e.getMessage());
                        return message.contains(":" + wrong) && message.contains(":" + old.port());
                    }
                });
            }
        }
    }

    @Test
    void secret_thatNamesAnotherServer_doesNotOverrideTheEnvironment() throws Exception {
        first.createRole("stays", "pw");
        store.put(ID, secret(first, "stays", ""));
        Map<String, String> environment = Map.of(
                "ENVIRONMENT",
                "test",
                "DB_HOST",
                first.host(),
                "DB_PORT",
                Integer.toString(first.port()),
                "DB_NAME",
                "postgres");
        try (Database database = open(environment)) {
            store.put(
                    ID,
                    "{\"host\":\"127.0.0.1\",\"port\":1,\"dbname\":\"elsewhere\",\"username\":\"stays\","
                            + "\"password\":\"pw\"}");
            int calls = store.calls().size();
            Await.until(SOON, "the secret was read again", () -> {
                assertThat(port(database)).isEqualTo(first.port());
                return store.calls().size() > calls + 2;
            });
        }
    }

    @Test
    void ssl_inTheSecret_raisesTheMode() {
        first.createRole("raised", "pw");
        store.put(ID, secret(first, "raised", ",\"ssl\":true"));

        ConnectionFailedException failure =
                catchThrowableOfType(ConnectionFailedException.class, () -> open(Map.of("ENVIRONMENT", "test"))
                        .close());

        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_NOT_SUPPORTED);
    }

    @Test
    void ssl_falseInTheSecret_doesNotLowerTheFloor() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Test CA");
        try (PostgresServer encrypted =
                PostgresServer.builder().tls(authority.server("localhost")).start()) {
            encrypted.createRole("floor", "pw");
            store.put(ID, secret(encrypted, "floor", ",\"ssl\":\"false\""));
            try (Database database = open(Map.of("ENVIRONMENT", "production"))) {
                assertThat(database.settings().sslMode()).isEqualTo(SslMode.REQUIRE);
                assertThat(query(database, "select ssl::int from pg_stat_ssl where pid = pg_backend_pid()"))
                        .isEqualTo(1);
            }
        }
    }

    private static boolean answers(Database database, int port) {
        try {
            return port(database) == port;
        } catch (SQLException e) {
            return false;
        }
    }

    private Database open(Map<String, String> environment) throws SQLException {
        return open(environment, Duration.ofMillis(200));
    }

    private Database open(Map<String, String> environment, Duration refreshInterval) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("DB_MAXIMUM_POOL_SIZE", "1");
        all.put("DB_CONNECTION_TIMEOUT", "3s");
        return Databases.builder()
                .environment(all)
                .credentials(RotatingSecrets.follow(ID, store, RotatingSecrets.IDENTITY, refreshInterval))
                .open();
    }

    private static String secret(PostgresServer server, String user, String more) {
        return "{\"engine\":\"postgres\",\"host\":\"" + server.host() + "\",\"port\":\"" + server.port()
                + "\",\"dbname\":\"postgres\",\"username\":\"" + user + "\",\"password\":\"pw\"" + more + "}";
    }

    /** Of the server behind a connection that is new, since each is ended after its query. */
    private static int port(Database database) throws SQLException {
        return query(database, "select inet_server_port()");
    }

    private static int query(Database database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            database.unwrap(HikariDataSource.class).evictConnection(connection);
            return rows.getInt(1);
        }
    }
}
