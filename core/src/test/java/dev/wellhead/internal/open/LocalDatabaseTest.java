package dev.wellhead.internal.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.ServicesOnClassPath;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.LocalDatabaseProvider;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class LocalDatabaseTest {

    private final PostgresServer server = PostgresServer.shared();
    private final String freePort = Integer.toString(freePort());

    @Test
    void open_nothingListensOnTheDefault_startsTheLocalDatabaseAndLogsIt() throws SQLException {
        Fake provider = new Fake();
        try (LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(Map.of("DB_PORT", freePort))
                        .localDatabase(provider)
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(2)).isTrue();
            assertThat(provider.asked).isEqualTo("monorepo_dev as postgres, sslmode disable");
            assertThat(database.settings().hosts()).containsExactly(new HostAndPort(server.host(), server.port()));
            assertThat(database.settings().databaseName()).isEqualTo("postgres");
            assertThat(database.settings().explain(Settings.HOST).orElseThrow().origin())
                    .isEqualTo(new Origin.StartedServer("a fake PostgreSQL"));
            assertThat(log.messages(Level.INFO))
                    .contains("Nothing listens on localhost:" + freePort + ", so a fake PostgreSQL was started for"
                            + " database 'default' on 127.0.0.1:" + server.port() + ". It stops with this process.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_PASSWORD", "DB_PASSWORD_FILE"})
    void open_withAConfiguredPassword_logsThatThatOfTheServerIsUsed(String variable) throws SQLException {
        Map<String, String> environment = Map.of("DB_PORT", freePort, variable, "/other");
        try (LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(environment)
                        .localDatabase(new Fake())
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(2)).isTrue();
            assertThat(log.messages(Level.INFO))
                    .contains("Nothing listens on localhost:" + freePort + ", so a fake PostgreSQL was started for"
                            + " database 'default' on 127.0.0.1:" + server.port() + ". It stops with this process."
                            + " Its own password is used instead of the configured one (environment variable "
                            + variable + ").");
        }
    }

    @Test
    void startIfNeeded_somethingListens_leavesTheSettings() throws SQLException {
        DatabaseSettings settings = Databases.resolve(Map.of("DB_PORT", Integer.toString(server.port())));

        assertThat(new LocalDatabase(new Fake()).startIfNeeded(settings)).isSameAs(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "ci"})
    void open_testEnvironment_startsTheLocalDatabaseAlthoughSomethingListens(String environment) throws SQLException {
        Fake provider = new Fake();
        try (LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(Map.of("ENVIRONMENT", environment, "DB_PORT", Integer.toString(server.port())))
                        .localDatabase(provider)
                        .open()) {
            assertThat(provider.asked).isEqualTo("monorepo_dev as postgres, sslmode disable");
            assertThat(database.settings().explain(Settings.PORT).orElseThrow().origin())
                    .isEqualTo(new Origin.StartedServer("a fake PostgreSQL"));
            assertThat(log.messages(Level.INFO))
                    .contains("Environment '" + environment + "' has no DB_HOST, so a fake PostgreSQL was started for"
                            + " database 'default' on 127.0.0.1:" + server.port() + ". It stops with this process.");
        }
    }

    @Test
    void startIfNeeded_testEnvironmentWithoutAProvider_leavesTheSettings() throws SQLException {
        DatabaseSettings settings = Databases.resolve(Map.of("ENVIRONMENT", "test"));

        assertThat(new LocalDatabase(null).startIfNeeded(settings)).isSameAs(settings);
    }

    @Test
    void startIfNeeded_testEnvironmentWithAHost_leavesTheSettings() throws SQLException {
        Fake provider = new Fake();
        for (Map<String, String> environment : List.of(
                Map.of("ENVIRONMENT", "test", "DB_HOST", "localhost"),
                Map.of("ENVIRONMENT", "test", "PGHOST", "localhost"),
                Map.of("ENVIRONMENT", "test", "DATABASE_URL", "postgresql://localhost/shop"))) {
            DatabaseSettings settings = Databases.resolve(environment);

            assertThat(new LocalDatabase(provider).startIfNeeded(settings)).isSameAs(settings);
        }
        assertThat(provider.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ledger, '', monorepo_dev_ledger",
        "ledger, shop, shop",
        "default, '', monorepo_dev",
        "default, shop, shop"
    })
    void startIfNeeded_namedDatabase_requestsADatabaseOfItsOwn(String name, String configured, String requested)
            throws SQLException {
        Fake provider = new Fake();
        String variable = name.equals("default") ? "DB_NAME" : "LEDGER_DB_NAME";
        DatabaseSettings settings = Databases.resolve(
                name,
                configured.isEmpty()
                        ? Map.of("ENVIRONMENT", "test")
                        : Map.of("ENVIRONMENT", "test", variable, configured));

        new LocalDatabase(provider).startIfNeeded(settings);

        assertThat(provider.database).isEqualTo(requested);
    }

    @Test
    void startIfNeeded_initScripts_areRequestedWithTheNameOfTheSetting() throws SQLException {
        Fake provider = new Fake();

        new LocalDatabase(provider)
                .startIfNeeded(Databases.resolve(
                        "ledger",
                        Map.of("ENVIRONMENT", "test", "LEDGER_DB_INIT_SCRIPTS", "db/init,classpath:db/sample.sql")));

        assertThat(provider.initScripts)
                .isEqualTo(new LocalDatabaseProvider.InitScripts(
                        "LEDGER_DB_INIT_SCRIPTS", List.of("db/init", "classpath:db/sample.sql")));

        new LocalDatabase(provider).startIfNeeded(Databases.resolve(Map.of("ENVIRONMENT", "test")));

        assertThat(provider.initScripts.locations()).isEmpty();
    }

    @Test
    void startIfNeeded_hostIsConfigured_leavesTheSettings() throws SQLException {
        DatabaseSettings settings = Databases.resolve(Map.of("DB_HOST", "localhost", "DB_PORT", freePort));

        assertThat(new LocalDatabase(new Fake()).startIfNeeded(settings)).isSameAs(settings);
    }

    @Test
    void startIfNeeded_strictEnvironment_neverStarts() throws SQLException {
        DatabaseSettings settings = Databases.resolve(Map.of(
                "ENVIRONMENT",
                "production",
                "DB_HOST",
                "localhost",
                "DB_PORT",
                freePort,
                "DB_NAME",
                "app",
                "DB_USER",
                "app",
                "DB_PASSWORD",
                "s3cret"));
        Fake provider = new Fake();

        assertThat(new LocalDatabase(provider).startIfNeeded(settings)).isSameAs(settings);
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void startIfNeeded_providerFails_reportsTheReasonAndKeepsTheCause() {
        Fake provider = new Fake();
        provider.failure = new IOException("There is no space left. Free some.");

        assertThatThrownBy(
                        () -> new LocalDatabase(provider).startIfNeeded(Databases.resolve(Map.of("DB_PORT", freePort))))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessage("Nothing listens on localhost:" + freePort
                        + ", and a fake PostgreSQL could not be started: There is no space left. Free some.")
                .hasCause(provider.failure);
    }

    @Test
    void startIfNeeded_twoOnTheClassPath_namesBothAndAsks(@TempDir Path directory) throws Exception {
        ServicesOnClassPath services =
                ServicesOnClassPath.in(directory, LocalDatabaseProvider.class, Fake.class, OtherFake.class);
        DatabaseSettings settings = Databases.resolve(Map.of("DB_PORT", freePort));

        assertThatThrownBy(() -> services.call(() -> new LocalDatabase(null).startIfNeeded(settings)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "Cannot open the database: 2 modules on the class path can start a local database: a fake PostgreSQL, another fake PostgreSQL.",
                        "  Keep one of them, or choose one with DatabaseBuilder.localDatabase.",
                        "  Or set DB_HOST."));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A provider that returns the server of the test. */
    public static class Fake implements LocalDatabaseProvider {

        private String asked = "";
        private String database = "";
        private InitScripts initScripts = new InitScripts("", List.of());
        private IOException failure = new IOException("");

        @Override
        public String description() {
            return "a fake PostgreSQL";
        }

        @Override
        public RunningServer start(Request request) throws IOException {
            database = request.databaseName();
            initScripts = request.initScripts();
            asked = request.databaseName() + " as " + request.user() + ", sslmode " + request.sslMode();
            if (!String.valueOf(failure.getMessage()).isEmpty()) {
                throw failure;
            }
            PostgresServer server = PostgresServer.shared();
            return new RunningServer(
                    server.host(),
                    server.port(),
                    Map.of("name", "postgres", "password", PostgresServer.SUPERUSER_PASSWORD));
        }
    }

    /** A second provider. */
    public static final class OtherFake extends Fake {

        @Override
        public String description() {
            return "another fake PostgreSQL";
        }
    }
}
