package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Flyway and Liquibase on a real start: the owner of the database migrates, and the application is another role. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class MigrationRoleTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path directory;

    private String owner;
    private String application;
    private String database;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @BeforeEach
    void createRolesAndScripts() throws IOException {
        int number = NUMBER.incrementAndGet();
        owner = "migration_owner_" + number;
        application = "migration_app_" + number;
        database = "migration_" + number;
        server.createRole(owner, "of-the-owner");
        server.createRole(application, "of-the-application");
        server.createDatabase(database, owner);
        String script = "create table accounts (id int);\ngrant select on accounts to " + application + ";\n";
        Files.writeString(directory.resolve("V1__accounts.sql"), script);
        Files.writeString(
                directory.resolve("changelog.sql"), "--liquibase formatted sql\n\n--changeset shop:accounts\n" + script);
    }

    private Start start() {
        return Start.of(Application.class)
                .variable("DATABASE_URL", Start.url(application, "of-the-application", database))
                .argument("spring.flyway.locations", "filesystem:" + directory);
    }

    private Start startAsTheOwner() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "of-the-owner\n");
        return start().variable("DB_MIGRATION_USER", owner).variable("DB_MIGRATION_PASSWORD_FILE", file.toString());
    }

    private void assertOwnerMigrated(ConfigurableApplicationContext context) {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        assertThat(jdbc.queryForList(
                        "select distinct tableowner from pg_tables where schemaname = 'public'", String.class))
                .containsExactly(owner);
        assertThat(jdbc.queryForObject("select current_user", String.class)).isEqualTo(application);
        assertThat(jdbc.queryForObject("select count(*) from accounts", Integer.class)).isZero();
        assertThatThrownBy(() -> jdbc.execute("drop table accounts"))
                .rootCause()
                .hasMessageContaining("must be owner of table accounts");
    }

    @Test
    void flyway_migratesAsItsRole_andTheApplicationHasItsOwn() throws IOException {
        try (ConfigurableApplicationContext context = startAsTheOwner().run()) {
            assertOwnerMigrated(context);
            assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("database", "reader");
        }
    }

    @Test
    void flyway_properties_areTheSameSettings() {
        try (ConfigurableApplicationContext context = start().argument(
                        "wellhead.databases.default.migration.user", owner)
                .argument("wellhead.databases.default.migration.password", "of-the-owner")
                .run()) {
            assertOwnerMigrated(context);
        }
    }

    @Test
    void flyway_readOnlyTransactionsOnTheReader_migratesAsItsRole() throws IOException {
        try (ConfigurableApplicationContext context = startAsTheOwner()
                .argument("wellhead.spring.read-only-transactions", "reader")
                .run()) {
            assertOwnerMigrated(context);
        }
    }

    @Test
    void liquibase_migratesAsItsRole_andTheApplicationHasItsOwn() throws IOException {
        try (ConfigurableApplicationContext context = startAsTheOwner()
                .argument("spring.flyway.enabled", "false")
                .argument("spring.liquibase.enabled", "true")
                .argument("spring.liquibase.change-log", "file:" + directory.resolve("changelog.sql"))
                .run()) {
            assertOwnerMigrated(context);
        }
    }

    @Test
    void flyway_noRoleForMigrations_isThatOfTheApplication() {
        server.execute("alter database " + database + " owner to " + application);

        try (ConfigurableApplicationContext context = start().run()) {
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForList(
                                    "select tableowner from pg_tables where tablename = 'accounts'", String.class))
                    .containsExactly(application);
        }
    }

    @Test
    void flyway_urlOfItsOwn_isUsed() {
        try (ConfigurableApplicationContext context = start().argument(
                        "spring.flyway.url", server.jdbcUrl(database))
                .argument("spring.flyway.user", owner)
                .argument("spring.flyway.password", "of-the-owner")
                .run()) {
            assertOwnerMigrated(context);
        }
    }

    @Test
    void flyway_passwordMissing_isReported(CapturedOutput output) {
        Throwable failure = catchThrowable(
                () -> start().variable("DB_MIGRATION_USER", owner).run().close());

        assertThat(failure).isNotNull();
        assertThat(report(output))
                .contains("There is no password for user '" + owner + "': DB_MIGRATION_PASSWORD is not set.");
    }

    @Test
    void springFlywayUser_isReportedWithTheSettingToUse(CapturedOutput output) {
        Throwable failure = catchThrowable(
                () -> start().argument("spring.flyway.user", owner).run().close());

        assertThat(failure).isNotNull();
        assertThat(report(output).lines())
                .startsWith(
                        "***************************",
                        "",
                        "Description:",
                        "",
                        "spring.flyway.user is set, but Spring Boot cannot derive a data source for another user from a"
                                + " database that Wellhead opened.",
                        "From: spring.flyway.user (command line)",
                        "",
                        "Action:",
                        "",
                        "Remove spring.flyway.user and spring.flyway.password. Set DB_MIGRATION_USER (or"
                                + " wellhead.databases.default.migration.user) to the role for migrations.",
                        "Set DB_MIGRATION_PASSWORD_FILE, DB_MIGRATION_PASSWORD or another source of its password (or"
                                + " wellhead.databases.default.migration.password-file, ...).",
                        "To connect without Wellhead, set spring.flyway.url as well.");
    }

    @Test
    void springLiquibaseUser_inAVariable_isReportedWithTheSettingToUse(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> start().argument("spring.flyway.enabled", "false")
                .argument("spring.liquibase.enabled", "true")
                .variable("SPRING_LIQUIBASE_USER", owner)
                .run()
                .close());

        assertThat(failure).isNotNull();
        assertThat(report(output))
                .contains("spring.liquibase.user is set, but Spring Boot cannot derive a data source")
                .contains("From: environment variable SPRING_LIQUIBASE_USER")
                .contains("DB_MIGRATION_USER");
    }

    /** {@return the output after the line that says that the application failed to start} */
    private static String report(CapturedOutput output) {
        List<String> lines = output.getAll().lines().toList();
        assertThat(lines).contains("APPLICATION FAILED TO START");
        int start = lines.lastIndexOf("APPLICATION FAILED TO START") + 1;
        return String.join("\n", lines.subList(start, lines.size()));
    }
}
