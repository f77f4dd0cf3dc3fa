package dev.wellhead.embedded.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.LocalDatabaseProvider.Request;
import dev.wellhead.spi.LocalDatabaseProvider.RunningServer;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseProviderTest {

    @Test
    void provider_onTheClassPath_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LocalDatabaseProvider.class))
                .singleElement()
                .isInstanceOfSatisfying(EmbeddedDatabaseProvider.class, provider -> assertThat(provider.description())
                        .isEqualTo("embedded PostgreSQL 16"));
    }

    @Test
    void provider_calledAgain_returnsTheSameServer() throws Exception {
        RunningServer first = start("monorepo_dev", "postgres");
        RunningServer second = start("orders", "postgres");
        assertThat(second).isEqualTo(first);
        assertThat(first.host()).isEqualTo("127.0.0.1");
        assertThat(first.settings()).containsOnlyKeys("password");
        assertThat(first.toString()).isEqualTo("RunningServer[127.0.0.1:" + first.port() + "]");
        try (Connection connection = connect(second, "orders")) {
            assertThat(rows(connection, "select current_database()")).containsExactly("orders");
        }
    }

    @Test
    void provider_afterItsServerWasKilled_startsAnother() throws Exception {
        RunningServer killed = start("monorepo_dev", "postgres");
        try (Connection connection = connect(killed, "monorepo_dev")) {
            String pid = rows(connection, "select pg_backend_pid()").get(0);
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().get(60, TimeUnit.SECONDS);
        }

        RunningServer another = start("monorepo_dev", "postgres");

        try (Connection connection = connect(another, "monorepo_dev")) {
            assertThat(rows(connection, "select 1")).containsExactly("1");
        }
    }

    @Test
    void provider_withAnotherUser_failsWithTheRemedy() {
        assertThatThrownBy(() -> start("monorepo_dev", "app"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "its only user is 'postgres', and the settings require the user 'app'. Leave the user and the"
                                + " password unset, or start a server that has this user and set the host.");
    }

    @Test
    void database_withAnSslModeThatRequiresTls_failsWithTheRemedy() {
        String unusedPort = Integer.toString(FreePort.find());
        assertThatThrownBy(() -> Databases.builder()
                        .environment(Map.of("DB_PORT", unusedPort, "DB_SSLMODE", "require"))
                        .open())
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessage("Nothing listens on localhost:" + unusedPort
                        + ", and embedded PostgreSQL 16 could not be started: it does not support TLS, which SSL mode"
                        + " 'require' requires. Leave the SSL mode, the root certificate and the client certificate"
                        + " unset, or start a server with TLS and set the host.");
    }

    @Test
    void database_ofALocalEnvironmentWithoutAServer_isTheEmbeddedOne() throws Exception {
        String unusedPort = Integer.toString(FreePort.find());
        try (Database database = Databases.builder()
                        .environment(Map.of("DB_PORT", unusedPort))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(rows(
                            connection,
                            "select currency from ledger.trial_balance where debits = credits order by currency"))
                    .isEqualTo(List.of("EUR", "JPY", "USD"));
        }
    }

    @Test
    void database_withAPasswordInTheEnvironment_usesThatOfTheEmbeddedServer() throws Exception {
        Map<String, String> environment =
                Map.of("DB_PORT", Integer.toString(FreePort.find()), "DB_PASSWORD", "postgres");
        try (Database database = Databases.builder().environment(environment).open();
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(database.settings()
                            .explain(Settings.PASSWORD)
                            .orElseThrow()
                            .value())
                    .isEqualTo("<redacted>");
        }
    }

    @Test
    void server_startedAutomatically_refusesTheWellKnownPassword() throws Exception {
        RunningServer server = start("monorepo_dev", "postgres");
        for (String user : List.of("postgres", "wellhead_admin")) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + server.port() + "/monorepo_dev", user, "postgres"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    private static RunningServer start(String databaseName, String user) throws IOException {
        return new EmbeddedDatabaseProvider().start(new Request(databaseName, user, SslMode.DISABLE));
    }

    private static Connection connect(RunningServer server, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database,
                "postgres",
                server.settings().get("password"));
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
