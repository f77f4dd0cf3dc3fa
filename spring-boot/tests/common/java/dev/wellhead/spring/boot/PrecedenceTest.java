package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Spring's Environment as a source of settings: what overrides what, and where a value came from. */
@ExtendWith(OutputCaptureExtension.class)
class PrecedenceTest {

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    static class Application {}

    @Test
    void yamlFile_isOverriddenByVariables_andHasItsLine() throws Exception {
        Path file = yaml(
                """
                wellhead:
                  databases:
                    default:
                      maximum-pool-size: 4
                      connectionTimeout: 7s
                      minimum_idle: 1
                """);
        try (var context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("DB_MAXIMUM_POOL_SIZE", "6")
                .argument("spring.config.additional-location", file.toString())
                .run()) {
            Database database = context.getBean(Database.class);

            ResolvedSetting size = explain(database, Settings.MAXIMUM_POOL_SIZE);
            assertThat(size.value()).isEqualTo("6");
            assertThat(size.origin()).isEqualTo(Origin.Variable.of("DB_MAXIMUM_POOL_SIZE"));
            assertThat(size.shadowed().get(0).origin())
                    .isEqualTo(new Origin.ApplicationProperty(
                            "wellhead.databases.default.maximum-pool-size",
                            "",
                            file.toString(),
                            4,
                            Origin.Kind.CONFIGURATION_FILE));
            assertThat(database.settings().get(Settings.CONNECTION_TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
            assertThat(explain(database, Settings.CONNECTION_TIMEOUT).origin().description())
                    .isEqualTo("wellhead.databases.default.connectionTimeout (" + file + ":5)");
            assertThat(database.settings().get(Settings.MINIMUM_IDLE)).isEqualTo(1);
        }
    }

    @Test
    void commandLine_overridesVariables() {
        try (var context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("DB_MAXIMUM_POOL_SIZE", "6")
                .argument("wellhead.databases.default.maximumPoolSize", "5")
                .run()) {
            ResolvedSetting size = explain(context.getBean(Database.class), Settings.MAXIMUM_POOL_SIZE);

            assertThat(size.value()).isEqualTo("5");
            assertThat(size.origin().description())
                    .isEqualTo("wellhead.databases.default.maximumPoolSize (command line)");
            assertThat(size.shadowed())
                    .extracting(ResolvedSetting.Shadowed::value)
                    .startsWith("6");
        }
    }

    @Test
    void applicationJson_overridesVariables() {
        try (var context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("DB_MAXIMUM_POOL_SIZE", "6")
                .variable("SPRING_APPLICATION_JSON", "{\"wellhead.databases.default.maximum-pool-size\": 5}")
                .run()) {
            ResolvedSetting size = explain(context.getBean(Database.class), Settings.MAXIMUM_POOL_SIZE);

            assertThat(size.value()).isEqualTo("5");
        }
    }

    @Test
    void variableOfSpring_isBelowTheVariableOfWellhead() {
        try (var context = Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("DB_MAXIMUM_POOL_SIZE", "6")
                .variable("WELLHEAD_DATABASES_DEFAULT_MAXIMUMPOOLSIZE", "5")
                .variable("WELLHEAD_DATABASES_DEFAULT_MINIMUMIDLE", "2")
                .run()) {
            Database database = context.getBean(Database.class);

            assertThat(database.settings().get(Settings.MAXIMUM_POOL_SIZE)).isEqualTo(6);
            assertThat(explain(database, Settings.MINIMUM_IDLE).origin())
                    .isEqualTo(Origin.Variable.of("WELLHEAD_DATABASES_DEFAULT_MINIMUMIDLE"));
        }
    }

    @Test
    void url_inYaml_withPlaceholder_listAndDriverProperty() throws Exception {
        Path file = yaml(
                """
                spring.application.name: shop
                wellhead.databases.default:
                  url: ${APP_URL}
                  plaintext-hosts:
                    - 127.0.0.1
                    - localhost
                  driver:
                    string-type: unspecified
                """);
        try (var context = Start.of(Application.class)
                .variable("APP_URL", Start.url())
                .argument("spring.config.additional-location", file.toString())
                .run()) {
            Database database = context.getBean(Database.class);

            assertThat(explain(database, Settings.HOST).origin().description())
                    .isEqualTo("host in wellhead.databases.default.url (" + file + ":3)");
            assertThat(database.settings().get(Settings.PLAINTEXT_HOSTS)).isEqualTo(List.of("127.0.0.1", "localhost"));
            assertThat(database.settings().driverProperties()).containsEntry("stringtype", "unspecified");
            assertThat(database.settings().get(Settings.APPLICATION_NAME)).startsWith("shop");
        }
    }

    @Test
    void placeholderWithoutAValue_isAProblem_unlessAVariableOverridesIt() throws Exception {
        Path file = yaml(
                """
                wellhead.databases.default:
                  url: ${NOT_SET_ANYWHERE}
                  password: ${NOT_SET_EITHER}
                """);
        Start start = Start.of(Application.class)
                .argument("spring.config.additional-location", file.toString())
                .argument("wellhead.databases.default.password", PostgresServer.SUPERUSER_PASSWORD);

        assertThatThrownBy(() -> start.run().close())
                .hasRootCauseInstanceOf(ConfigurationException.class)
                .hasStackTraceContaining(
                        "wellhead.databases.default.url has a placeholder that no property source of Spring has.")
                .hasStackTraceContaining("From: wellhead.databases.default.url (" + file + ":2)");
        start.variable("DATABASE_URL", Start.url()).run().close();
    }

    @Test
    void profile_decidesTheEnvironment_andImportedVariables() throws Exception {
        Path file = yaml(
                """
                ENVIRONMENT: ci
                DATABASE_URL: %s
                DB_MINIMUM_IDLE: 3
                """
                        .formatted(Start.url()));
        try (var context = Start.of(Application.class)
                .argument("spring.config.additional-location", file.toString())
                .run()) {
            Database database = context.getBean(Database.class);

            assertThat(database.settings().environment().name()).isEqualTo("ci");
            assertThat(database.settings().get(Settings.MINIMUM_IDLE)).isEqualTo(3);
        }
    }

    @Test
    void importedFile_isReadLikeVariables_withOriginsInIt() throws Exception {
        Path user = Files.writeString(directory.resolve("user"), PostgresServer.SUPERUSER);
        Path file = env(
                """
                DB_HOST=127.0.0.1
                DB_PORT=%d
                DB_NAME=postgres
                DB_USER_FILE=%s
                DB_PASSWORD=%s
                DB_MINIMUM_IDLE=3
                """
                        .formatted(PostgresServer.shared().port(), user, PostgresServer.SUPERUSER_PASSWORD));
        try (var context = importing(file).variable("DB_MINIMUM_IDLE", "2").run()) {
            Database database = context.getBean(Database.class);

            assertThat(explain(database, Settings.HOST).origin().description()).isEqualTo("DB_HOST (" + file + ":1)");
            assertThat(explain(database, Settings.USER).origin())
                    .isEqualTo(new Origin.ValueFile(
                            "DB_USER_FILE", user.toString(), "", Origin.Kind.CONFIGURATION_FILE));
            assertThat(database.settings().get(Settings.MINIMUM_IDLE)).isEqualTo(2);
        }
    }

    @Test
    void importedFile_urlInAFile_isRead() throws Exception {
        Path url = Files.writeString(directory.resolve("url"), Start.url());
        Path file = env("DATABASE_URL_FILE=" + url + "\n");

        try (var context = importing(file).run()) {
            assertThat(explain(context.getBean(Database.class), Settings.HOST).origin().description())
                    .isEqualTo("host in file " + url + " (DATABASE_URL_FILE)");
        }
    }

    @Test
    void importedFile_misspeltVariable_isAProblemWithItsLine() throws Exception {
        Path file = env("DATABASE_URL=" + Start.url() + "\nDB_MAXIMUM_POOL_SISE=5\n");

        assertThatThrownBy(() -> importing(file).run().close())
                .rootCause()
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> {
                    assertThat(refused.problems()).hasSize(1);
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.message()).isEqualTo("DB_MAXIMUM_POOL_SISE is not a setting.");
                    assertThat(problem.source()).isEqualTo("From: DB_MAXIMUM_POOL_SISE (" + file + ":2)");
                    assertThat(problem.fixes()).containsExactly("Did you mean DB_MAXIMUM_POOL_SIZE?");
                });
    }

    @Test
    void importedFile_urlAndVariableThatDisagree_areAProblemThatNamesBoth() throws Exception {
        Path file = env("DATABASE_URL=" + Start.url() + "\nDB_HOST=db.internal\n");

        assertThatThrownBy(() -> importing(file).run().close())
                .rootCause()
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> assertThat(refused.problems().stream()
                                .map(problem -> problem.message() + " " + problem.source()))
                        .containsExactly("host in DATABASE_URL and DB_HOST have different values. From: host in"
                                + " DATABASE_URL (" + file + ":1); DB_HOST (" + file + ":2)"));
    }

    @Test
    void importedFile_nameOfAnotherProgram_isSuggested(CapturedOutput output) throws Exception {
        Path file = env("POSTGRES_HOST=127.0.0.1\nENVIROMENT=ci\nPOSTGRES_PASSWORD=x\n");

        assertThatThrownBy(() -> importing(file)
                        .variable("DB_PORT", Integer.toString(FreePort.find()))
                        .variable("DB_CONNECTION_TIMEOUT", "1s")
                        .run()
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("POSTGRES_HOST and POSTGRES_PASSWORD are set, but nothing reads them. Did you mean DB_HOST and"
                        + " DB_PASSWORD?")
                .contains("ENVIROMENT is set, but nothing reads it. Did you mean ENVIRONMENT?");
    }

    @Test
    void environmentInAFile_invalid_isReportedWithItsLine() throws Exception {
        Path file = yaml("spring.application.name: shop\nENVIRONMENT: '\"production\"'\n");

        assertThatThrownBy(() -> Start.of(Application.class)
                        .argument("spring.config.additional-location", file.toString())
                        .run()
                        .close())
                .rootCause()
                .hasMessageContaining("ENVIRONMENT is in quotes, which are part of the value.")
                .hasMessageContaining("From: ENVIRONMENT (" + file + ":2)");
    }

    @Test
    void environmentInAFile_misspelt_isReportedWithItsLine() throws Exception {
        Path file = yaml("ENVIRONMENT: developmnt\n");

        assertThatThrownBy(() -> Start.of(Application.class)
                        .argument("spring.config.additional-location", file.toString())
                        .run()
                        .close())
                .rootCause()
                .hasMessageContaining("ENVIRONMENT is 'developmnt', which is not a known environment and is therefore"
                        + " strict. Did you mean 'development'?")
                .hasMessageContaining("From: ENVIRONMENT (" + file + ":1)");
    }

    private static Start importing(Path file) {
        return Start.of(Application.class).argument("spring.config.import", "optional:file:" + file + "[.properties]");
    }

    private Path env(String text) throws Exception {
        return Files.writeString(directory.resolve(".env"), text);
    }

    private Path yaml(String text) throws Exception {
        return Files.writeString(directory.resolve("service.yml"), text);
    }

    private static ResolvedSetting explain(Database database, Setting<?> setting) {
        return database.settings().explain(setting).orElseThrow();
    }
}
