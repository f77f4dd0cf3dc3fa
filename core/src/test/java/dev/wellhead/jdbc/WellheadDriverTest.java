package dev.wellhead.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WellheadDriverTest {

    private static final String BLOCK = "wellhead.databases.drivertest.";

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void clearProperties() {
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(BLOCK)) {
                System.clearProperty(name);
            }
        }
    }

    @Test
    void getConnection_serverInTheUrl_opens() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("readOnly=true"), login())) {
            assertThat(answer(connection, "select current_user")).isEqualTo(PostgresServer.SUPERUSER);
            assertThat(connection.isReadOnly()).isTrue();
        }
    }

    @Test
    void getConnection_namedDatabase_usesItsSettings() throws SQLException {
        System.setProperty(BLOCK + "host", server.host());
        System.setProperty(BLOCK + "port", Integer.toString(server.port()));
        System.setProperty(BLOCK + "name", "postgres");
        System.setProperty(BLOCK + "user", PostgresServer.SUPERUSER);
        System.setProperty(BLOCK + "password", PostgresServer.SUPERUSER_PASSWORD);
        System.setProperty(BLOCK + "applicationName", "from the property");

        try (Connection connection = DriverManager.getConnection("jdbc:wellhead:drivertest")) {
            assertThat(answer(connection, "show application_name")).isEqualTo("from the property");
        }
        try (Connection connection =
                DriverManager.getConnection("jdbc:wellhead:drivertest?applicationName=from%20the%20URL")) {
            assertThat(answer(connection, "show application_name")).isEqualTo("from the URL");
        }
    }

    /** Values that the start-up parameters of a session cannot have, which a pool of Wellhead sets on each connection. */
    @Test
    void getConnection_settingsOfASession_apply() throws SQLException {
        String settings = "connectionInitSql=set%20work_mem%20to%20'5MB'&autoCommit=false"
                + "&transactionIsolation=TRANSACTION_SERIALIZABLE&statementTimeout=7s";
        try (Connection connection = DriverManager.getConnection(url(settings), login())) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(answer(connection, "show work_mem")).isEqualTo("5MB");
            assertThat(answer(connection, "show statement_timeout")).isEqualTo("7s");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secretID=x | secretID in the JDBC URL is not a setting. | Did you mean secretId?",
                "connectionTimeout=30 | connectionTimeout in the JDBC URL is a number without a unit. | ",
                "connectTimeout=x | connectTimeout in the JDBC URL is | ",
                "migration=yes | migration in the JDBC URL is neither true nor false. | Write migration=true",
            })
    void getConnection_mistakeInTheUrl_isNamed(String parameter, String problem, String fix) {
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url(parameter), login()));

        assertThat(failure.getSQLState()).isEqualTo("08001");
        assertThat((Throwable) failure).hasCauseInstanceOf(ConfigurationException.class);
        assertThat(String.valueOf(failure.getMessage()).lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains(problem));
        assertThat((Throwable) failure)
                .hasMessageContaining(fix == null ? "" : fix)
                .hasMessageContaining("From: ");
    }

    @Test
    void getConnection_userDiffersInPropertiesAndUrl_isRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(url("user=other"), login()))
                .hasMessageContaining(
                        "user in the JDBC URL and user in the connection properties have different values.")
                .hasMessageNotContaining(PostgresServer.SUPERUSER_PASSWORD);
    }

    @Test
    void getConnection_passwordInAMistypedUrl_isNotShown() {
        assertThatThrownBy(() -> DriverManager.getConnection(url("user=app&password=s3cret&s3cret#x=1")))
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:wellhead://app:secretword@db/shop | The JDBC URL has neither a server nor the name of a database after jdbc:wellhead:.",
                "jdbc:wellhead:app:secretword@db/shop | The JDBC URL has neither a server nor the name of a database after jdbc:wellhead:.",
                "jdbc:wellhead:ledger;password=secretword | The JDBC URL has neither a server nor the name of a database after jdbc:wellhead:.",
                "jdbc:wellhead:postgresql://db/shop?user=app&password=x&secretword=1 | A parameter in the JDBC URL is not a setting.",
                "jdbc:wellhead:postgresql://db/shop?secretId=%secretword | secretId in the JDBC URL has a '%' without two hexadecimal digits after it.",
            })
    void getConnection_mistypedUrl_showsNoPartOfAPassword(String url, String problem) {
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secretword")
                .hasRootCauseInstanceOf(ConfigurationException.class);
    }

    @Test
    void getConnection_nothingListens_failsImmediatelyWithTheKind() {
        String closed = "jdbc:wellhead:postgresql://127.0.0.1:" + FreePort.find() + "/postgres";

        ConnectionFailedException failure = catchThrowableOfType(
                ConnectionFailedException.class, () -> DriverManager.getConnection(closed, login()));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void getConnection_otherUrl_isLeftToOtherDrivers() throws SQLException {
        assertThat(new WellheadDriver().connect("jdbc:postgresql://127.0.0.1/x", new Properties()))
                .isNull();
        assertThat(new WellheadDriver().acceptsURL("jdbc:wellhead:")).isTrue();
    }

    /** The application's pool replaces connections all the time while the password file is behind the server. */
    @Test
    void rotation_passwordFileUnderLoad_failsNoBorrow(@TempDir Path directory) throws Exception {
        server.createRole("driver_app", "password-0");
        Path file = Files.writeString(directory.resolve("password"), "password-0");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url("user=driver_app&passwordFile=" + file));
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(60_000);
        try (HikariDataSource pool = new HikariDataSource(config);
                BorrowLoad load = BorrowLoad.start(pool, 4, "select 1", Duration.ofMillis(5))) {
            for (int i = 1; i <= 5; i++) {
                String next = "password-" + i;
                server.setPassword("driver_app", next);
                pool.getHikariPoolMXBean().softEvictConnections();
                Files.writeString(directory.resolve("next"), next);
                Files.move(directory.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);
                load.awaitUses(40);
            }
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void getPropertyInfo_everySetting_isListedWithoutValues() {
        DriverPropertyInfo[] properties = new WellheadDriver().getPropertyInfo("jdbc:wellhead:", login());

        assertThat(Arrays.stream(properties).map(property -> property.name))
                .contains("secretId", "sslmode", "password", "migration.user", "migration");
        assertThat(Arrays.stream(properties).map(property -> property.value)).containsOnlyNulls();
    }

    @Test
    void getConnection_migration_logsInAsTheRoleForMigrations() throws SQLException {
        server.createRole("driver_owner", "of-the-owner");
        System.setProperty(BLOCK + "host", server.host());
        System.setProperty(BLOCK + "port", Integer.toString(server.port()));
        System.setProperty(BLOCK + "name", "postgres");
        System.setProperty(BLOCK + "user", PostgresServer.SUPERUSER);
        System.setProperty(BLOCK + "password", PostgresServer.SUPERUSER_PASSWORD);
        System.setProperty(BLOCK + "statementTimeout", "3s");
        System.setProperty(BLOCK + "migration.user", "driver_owner");
        System.setProperty(BLOCK + "migration.password", "of-the-owner");

        String url = "jdbc:wellhead:drivertest?migration=";
        try (Connection connection = DriverManager.getConnection(url + "true")) {
            assertThat(answer(connection, "select current_user")).isEqualTo("driver_owner");
            assertThat(answer(connection, "show statement_timeout")).isEqualTo("0");
        }
        try (Connection connection = DriverManager.getConnection(url + "true&statementTimeout=7s")) {
            assertThat(answer(connection, "show statement_timeout")).isEqualTo("7s");
        }
        try (Connection connection = DriverManager.getConnection(url + "true", login())) {
            assertThat(answer(connection, "select current_user")).isEqualTo(PostgresServer.SUPERUSER);
        }
        Properties property = new Properties();
        property.setProperty("migration", "false");
        try (Connection connection = DriverManager.getConnection("jdbc:wellhead:drivertest", property)) {
            assertThat(answer(connection, "select current_user")).isEqualTo(PostgresServer.SUPERUSER);
        }
    }

    private static String url(String parameters) {
        return "jdbc:wellhead:postgresql://" + server.host() + ":" + server.port() + "/postgres?" + parameters;
    }

    private static Properties login() {
        Properties login = new Properties();
        login.setProperty("user", PostgresServer.SUPERUSER);
        login.setProperty("password", PostgresServer.SUPERUSER_PASSWORD);
        return login;
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
