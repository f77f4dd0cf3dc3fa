package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Migrations as the owner of the tables, beside a service that may only read and write rows. */
@Timeout(120)
class MigrationsTest {

    private static PostgresServer server;

    private TestDatabase application;
    private TestDatabase owner;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createRoles() {
        application = TestDatabase.on(server, "of-the-application");
        owner = TestDatabase.on(server, "of-the-owner");
        server.execute("create schema " + owner.role() + " authorization " + owner.role());
        server.execute("grant usage on schema " + owner.role() + " to " + application.role());
    }

    private String table() {
        return owner.role() + ".accounts";
    }

    private Database open(String... more) throws SQLException {
        return application.open(more);
    }

    @Test
    void migrations_roleOfTheirOwn_ownsTheTablesAndTheServiceDoesNot() throws SQLException {
        try (Database database = open(
                "DB_MIGRATION_USER", owner.role(), "DB_MIGRATION_PASSWORD", "of-the-owner", "DB_READ_ONLY", "true")) {
            try (Connection connection = database.migrations().getConnection()) {
                execute(connection, "create table " + table() + " (id int)");
                execute(connection, "grant select on " + table() + " to " + application.role());
            }

            assertThat(server.query("select tableowner from pg_tables where tablename = 'accounts' and schemaname = '"
                            + owner.role() + "'"))
                    .containsExactly(owner.role());
            try (Connection connection = database.getConnection()) {
                assertThat(TestDatabase.answer(connection, "select current_user"))
                        .isEqualTo(application.role());
                assertThat(TestDatabase.answer(connection, "select count(*) from " + table()))
                        .isEqualTo("0");
            }
        }
        try (Database database = open();
                Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> execute(connection, "drop table " + table()))
                    .hasMessageContaining("must be owner of table accounts");
        }
    }

    @Test
    void migrations_passwordFileThatRotates_isFollowedByTheNextConnection(@TempDir Path directory)
            throws SQLException, IOException {
        Path file = Files.writeString(directory.resolve("password"), "of-the-owner");
        try (Database database =
                open("DB_MIGRATION_USER", owner.role(), "DB_MIGRATION_PASSWORD_FILE", file.toString())) {
            DataSource migrations = database.migrations();
            try (Connection connection = migrations.getConnection()) {
                assertThat(TestDatabase.answer(connection, "select current_user"))
                        .isEqualTo(owner.role());

                owner.setPassword("changed");
                Files.writeString(file, "changed");
                try (Connection next = migrations.getConnection()) {
                    assertThat(TestDatabase.answer(next, "select current_user")).isEqualTo(owner.role());
                }
            }
        }
    }

    @Test
    void migrations_noSettings_useTheCredentialsOfTheDatabase() throws SQLException {
        try (Database database = open();
                Connection connection = database.migrations().getConnection()) {
            assertThat(TestDatabase.answer(connection, "select current_user")).isEqualTo(application.role());
        }
    }

    @Test
    void migrations_limitsOfTheService_doNotEndThem() throws SQLException {
        try (Database database = open(
                        "DB_STATEMENT_TIMEOUT", "3s",
                        "DB_LOCK_TIMEOUT", "2s",
                        "DB_MIGRATION_USER", owner.role(),
                        "DB_MIGRATION_PASSWORD", "of-the-owner",
                        "DB_MIGRATION_LOCK_TIMEOUT", "7s");
                Connection connection = database.migrations().getConnection();
                Connection ofService = database.getConnection()) {
            assertThat(TestDatabase.answer(connection, "show statement_timeout"))
                    .isEqualTo("0");
            assertThat(TestDatabase.answer(connection, "show lock_timeout")).isEqualTo("7s");
            assertThat(TestDatabase.answer(ofService, "show statement_timeout")).isEqualTo("3s");
        }
    }

    @Test
    void migrations_everyConnection_isNewAndOutsideThePool() throws SQLException {
        try (Database database = open("DB_MAXIMUM_POOL_SIZE", "1", "DB_CONNECTION_TIMEOUT", "20s");
                Connection pooled = database.getConnection();
                Connection first = database.migrations().getConnection();
                Connection second = database.migrations().getConnection()) {
            String pid = "select pg_backend_pid()";
            assertThat(TestDatabase.answer(first, pid))
                    .isNotEqualTo(TestDatabase.answer(second, pid))
                    .isNotEqualTo(TestDatabase.answer(pooled, pid));
        }
    }

    @Test
    void migrations_databaseClosed_openNoConnectionAndKeepTheOpenOnes() throws SQLException {
        Database database = open("DB_MIGRATION_USER", owner.role(), "DB_MIGRATION_PASSWORD", "of-the-owner");
        DataSource migrations = database.migrations();
        try (Connection connection = migrations.getConnection()) {
            database.close();

            assertThat(TestDatabase.answer(connection, "select 1")).isEqualTo("1");
            assertThatThrownBy(migrations::getConnection)
                    .hasMessage("Database 'default' was closed.")
                    .hasFieldOrPropertyWithValue("SQLState", "08003");
        }
    }

    @Test
    void migrations_incomplete_failWithTheMissingSettingAndTheDatabaseOpens() throws SQLException {
        try (Database database = open("DB_MIGRATION_USER", owner.role())) {
            TestDatabase.query(database);

            ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, database::migrations);
            assertThat(failure.problems()).hasSize(1);
            assertThat((Throwable) failure)
                    .hasMessageContaining(
                            "There is no password for user '" + owner.role() + "': DB_MIGRATION_PASSWORD is not set.");
        }
    }

    @Test
    void migrations_refusedPassword_namesItsVariable() throws SQLException {
        try (Database database = open(
                "DB_MIGRATION_USER",
                owner.role(),
                "DB_MIGRATION_PASSWORD",
                "not-the-password",
                "DB_CONNECTION_TIMEOUT",
                "5s")) {
            assertThatThrownBy(() -> database.migrations().getConnection())
                    .hasMessageContaining("DB_MIGRATION_PASSWORD")
                    .hasMessageContaining(owner.role())
                    .hasMessageNotContaining("not-the-password")
                    .hasFieldOrPropertyWithValue("SQLState", "28P01");
        }
    }

    @Test
    void migrations_firstConnection_isLoggedWithItsRole() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Database database = open("DB_MIGRATION_USER", owner.role(), "DB_MIGRATION_PASSWORD", "of-the-owner")) {
            database.migrations().getConnection().close();

            assertThat(log.messages(Level.INFO))
                    .anyMatch(line -> line.startsWith("default (migrations): " + owner.role() + "@" + server.host())
                            && line.contains("password from DB_MIGRATION_PASSWORD"));
        }
    }

    @Test
    void migrations_noSettings_areNotLoggedAgain() throws SQLException {
        try (LogCapture log = LogCapture.start();
                Database database = open()) {
            database.migrations().getConnection().close();

            assertThat(log.messages(Level.INFO)).noneMatch(line -> line.contains("(migrations)"));
        }
    }

    @Test
    void migrations_ofAReader_areThoseOfItsDatabase() throws SQLException {
        try (Database database = open()) {
            assertThat(database.reader().migrations()).isSameAs(database.migrations());
        }
    }

    @Test
    void migrations_otherCredentialsAndUnwrap_areRefused() throws SQLException {
        try (Database database = open()) {
            DataSource migrations = database.migrations();

            assertThat(migrations).hasToString("Migrations of database 'default'");
            assertThat(migrations.isWrapperFor(Database.class)).isFalse();
            assertThatThrownBy(() -> migrations.getConnection("a", "b"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> migrations.unwrap(Database.class)).isInstanceOf(SQLException.class);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
