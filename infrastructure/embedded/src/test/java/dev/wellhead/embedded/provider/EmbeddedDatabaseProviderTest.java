package dev.wellhead.embedded.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.settings.Profile;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.spi.LocalDatabaseProvider.InitScripts;
import dev.wellhead.spi.LocalDatabaseProvider.Request;
import dev.wellhead.spi.LocalDatabaseProvider.RunningServer;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.tls.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseProviderTest {

    @Test
    void provider_onTheClassPath_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LocalDatabaseProvider.class))
                .singleElement()
                .isInstanceOfSatisfying(EmbeddedDatabaseProvider.class, provider -> assertThat(provider.description())
                        .matches("embedded PostgreSQL( 16)?"));
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
    void provider_withAnotherUser_createsARoleThatIsNoSuperuser() throws Exception {
        RunningServer server = start("orders_of_app", "app");

        assertThat(start("orders_of_app", "app")).isEqualTo(server);
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/orders_of_app",
                "app",
                server.settings().get("password"))) {
            assertThat(rows(
                            connection,
                            "select current_user from pg_roles where rolname = current_user and not rolsuper"))
                    .containsExactly("app");
        }
    }

    @Test
    void provider_withTheSuperuser_failsWithTheRemedy() {
        assertThatThrownBy(() -> start("monorepo_dev", "wellhead_admin"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the user 'wellhead_admin' is its superuser, which applications do not use. Set another user,"
                                + " or leave the user unset.");
    }

    /** The port of a server that listens is the default of another environment. */
    @Test
    void database_ofATestEnvironment_isTheEmbeddedOneAlthoughAServerListens() throws Exception {
        try (PostgresServer developers = PostgresServer.start();
                Database database = Databases.builder()
                        .environment(Map.of("ENVIRONMENT", "test", "DB_PORT", Integer.toString(developers.port())))
                        .open()) {
            assertThat(database.settings().hosts().get(0).port()).isNotEqualTo(developers.port());
            assertThat(database.settings()
                            .explain(Settings.HOST)
                            .orElseThrow()
                            .origin()
                            .description())
                    .isEqualTo("embedded PostgreSQL 16");
        }
    }

    @Test
    void database_ofALocalEnvironmentWithAServer_isThatServer() throws Exception {
        try (PostgresServer developers = PostgresServer.start();
                Database database = Databases.builder()
                        .environment(Map.of(
                                "DB_PORT",
                                Integer.toString(developers.port()),
                                "DB_NAME",
                                "postgres",
                                "DB_PASSWORD",
                                PostgresServer.SUPERUSER_PASSWORD))
                        .open()) {
            assertThat(database.settings().hosts().get(0).port()).isEqualTo(developers.port());
        }
    }

    @Test
    void databases_ofDifferentNames_haveTheSameServerAndTheirOwnData() throws Exception {
        Map<String, String> environment = Map.of("ENVIRONMENT", "ci");
        try (Database unnamed = Databases.builder().environment(environment).open();
                Database ledger = Databases.builder()
                        .environment(environment)
                        .name("ledger-eu")
                        .open();
                Database again = Databases.builder()
                        .environment(environment)
                        .name("ledger-eu")
                        .open()) {
            assertThat(unnamed.settings().databaseName()).isEqualTo("monorepo_dev");
            assertThat(ledger.settings().databaseName()).isEqualTo("monorepo_dev_ledger-eu");
            assertThat(ledger.settings().hosts()).isEqualTo(unnamed.settings().hosts());
            execute(ledger, "create table of_ledger (id int)");

            assertThat(tables(ledger)).containsExactly("of_ledger").isEqualTo(tables(again));
            assertThat(tables(unnamed)).isEmpty();
        }
    }

    @Test
    void database_ofAUsersProject_isEmpty() throws Exception {
        try (Database database = Databases.builder()
                        .environment(Map.of("ENVIRONMENT", "test", "DB_USER", "new user", "DB_NAME", "new shop"))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(rows(connection, "select current_user || ' in ' || current_database()"))
                    .containsExactly("new user in new shop");
            assertThat(tables(database)).isEmpty();
            assertThat(rows(connection, "select rolname from pg_roles where rolname like 'ledger%'"))
                    .isEmpty();
            execute(database, "create table mine (id int)");
        }
    }

    @Test
    void database_withInitScripts_hasTheirContentInEveryDatabaseThatIsCreated(@TempDir Path directory)
            throws Exception {
        Files.writeString(directory.resolve("01-tables.sql"), "create table accounts (id int, owner name);");
        Files.writeString(directory.resolve("02-data.sql"), "insert into accounts values (1, current_user);");
        Map<String, String> environment = Map.of(
                "ENVIRONMENT", "test",
                "DB_INIT_SCRIPTS", directory.toString(),
                "DB_NAME", "shop_with_scripts",
                "DB_USER", "shop",
                "STOCK_DB_INIT_SCRIPTS", directory.resolve("01-tables.sql").toString());
        try (Database database = Databases.builder().environment(environment).open();
                Connection connection = database.getConnection();
                Database stock = Databases.builder()
                        .environment(environment)
                        .name("stock")
                        .open();
                Connection connectionToStock = stock.getConnection()) {
            assertThat(rows(connection, "select owner from accounts")).containsExactly("shop");
            assertThat(rows(connectionToStock, "select owner from accounts")).isEmpty();
        }
        try (Database again = Databases.builder().environment(environment).open();
                Connection connection = again.getConnection()) {
            assertThat(rows(connection, "select count(*) from accounts")).containsExactly("1");
        }
    }

    @Test
    void database_withAFailingInitScript_failsWithTheFileTheLineAndTheSetting(@TempDir Path directory)
            throws Exception {
        Path script = Files.writeString(directory.resolve("bad.sql"), "create table t ();\ncreate tabel u ();\n");
        assertThatThrownBy(() -> Databases.builder()
                        .environment(Map.of(
                                "ENVIRONMENT", "test", "DB_NAME", "bad_shop", "DB_INIT_SCRIPTS", script.toString()))
                        .open())
                .isInstanceOf(ConnectionFailedException.class)
                .message()
                .matches("Environment 'test' has no DB_HOST, and embedded PostgreSQL( 16)? could not be started: init"
                        + " script " + script + ", line 2: ERROR: syntax error at or near \"tabel\"\\R"
                        + "  The init scripts are set by DB_INIT_SCRIPTS\\.");
    }

    @Test
    void database_withAConfiguredName_isEmpty() throws Exception {
        try (Database database = Databases.builder()
                .environment(Map.of("ENVIRONMENT", "test", "DB_NAME", "empty_shop", "DB_USER", "shop"))
                .open()) {
            assertThat(database.settings().user()).isEqualTo("shop");
            assertThat(tables(database)).isEmpty();
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> tables(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return rows(
                    connection,
                    "select relname from pg_class where relnamespace not in (select oid from pg_namespace where nspname"
                            + " like 'pg%' or nspname = 'information_schema') order by relname");
        }
    }

    @Test
    void database_withAnSslModeThatRequiresTls_failsWithTheRemedy() {
        String unusedPort = Integer.toString(FreePort.find());
        assertThatThrownBy(() -> Databases.builder()
                        .environment(Map.of("DB_PORT", unusedPort, "DB_SSLMODE", "require"))
                        .open())
                .isInstanceOf(ConnectionFailedException.class)
                .message()
                .matches("Nothing listens on localhost:" + unusedPort
                        + ", and embedded PostgreSQL( 16)? could not be started: it does not support TLS, which SSL mode"
                        + " 'require' requires\\. Leave the SSL mode, the root certificate and the client certificate"
                        + " unset, or start a server with TLS and set the host\\.");
    }

    @Test
    void database_ofALocalEnvironmentWithoutAServer_isTheEmbeddedOne() throws Exception {
        String unusedPort = Integer.toString(FreePort.find());
        try (Database database = Databases.builder()
                        .environment(Map.of("DB_PORT", unusedPort))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(rows(connection, "select current_database() || ' of ' || current_user"))
                    .containsExactly("monorepo_dev of postgres");
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
        return new EmbeddedDatabaseProvider()
                .start(new Request(
                        databaseName,
                        user,
                        SslMode.DISABLE,
                        new InitScripts("DB_INIT_SCRIPTS", List.of()),
                        Profile.LOCAL));
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
