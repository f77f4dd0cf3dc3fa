package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
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

/** The server that a secret names, and what it cannot override. */
@Timeout(120)
class SecretLocationTest {

    private static final String ID = "prod/ledger";
    private static final Duration SOON = Duration.ofSeconds(20);

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

    private Database open(Map<String, String> environment) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("DB_MAXIMUM_POOL_SIZE", "1");
        return Databases.builder()
                .environment(all)
                .credentials(RotatingSecrets.follow(ID, store, RotatingSecrets.IDENTITY, Duration.ofMillis(200)))
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
