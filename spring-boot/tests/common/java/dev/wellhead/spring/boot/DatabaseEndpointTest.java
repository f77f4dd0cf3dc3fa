package dev.wellhead.spring.boot;

import static dev.wellhead.spring.boot.ActuatorRequests.json;
import static dev.wellhead.spring.boot.ActuatorRequests.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoint {@code database} and the meters, over HTTP. */
class DatabaseEndpointTest {

    private static final String REFRESH = "/actuator/database/default";

    private final ActuatorRequests actuator = new ActuatorRequests();

    @TempDir
    private Path directory = Path.of("");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Hides where the password is. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithSanitizing {

        @Bean
        SanitizingFunction hidePasswordFile() {
            return data -> data.getKey().endsWith(".passwordFile") ? data.withSanitizedValue() : data;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class HidingTheHost {

        @Bean
        SanitizingFunction hideHost() {
            return data -> data.getKey().endsWith(".host") ? data.withSanitizedValue() : data;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class HidingPasswords {

        @Bean
        SanitizingFunction hidePasswords() {
            return data -> data.getKey().endsWith(".password") ? data.withSanitizedValue() : data;
        }
    }

    @Test
    void byDefault_showsOriginsAndNoValues() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .variable("APP_ENV", "production")
                .run()) {
            DocumentContext settings = json(actuator.get(context, "/actuator/database"), 200);

            assertThat(text(settings, "$.databases.default.environment")).isEqualTo("local");
            assertThat(text(settings, "$.databases.default.settings.host.value"))
                    .isEqualTo("******");
            assertThat(text(settings, "$.databases.default.settings.host.origin"))
                    .isEqualTo("host in environment variable DATABASE_URL");
            assertThat(context.getBean(Database.class).settings().warnings()).isNotEmpty();
            assertThat(settings.read("$.databases.default.warnings.length()", Integer.class))
                    .isZero();
            assertThat(actuator.get(context, "/actuator/database/other").statusCode())
                    .isEqualTo(404);
            assertThat(actuator.post(context, "/actuator/database/other").statusCode())
                    .isEqualTo(404);
            assertThat(actuator.postWithoutBody(context, "/actuator/database/other").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void byDefault_originsHaveNoPathsOfFiles() throws Exception {
        try (ConfigurableApplicationContext context = withFiles(Application.class).run()) {
            HttpResponse<String> response = actuator.get(context, "/actuator/database/default");
            DocumentContext settings = json(response, 200);

            assertThat(text(settings, "$.settings.user.origin")).isEqualTo("the file that DB_USER_FILE names");
            assertThat(text(settings, "$.settings.host.origin"))
                    .isEqualTo("host in environment variable DATABASE_URL");
            assertThat(text(settings, "$.settings.sslmode.origin")).isEqualTo("derived from other settings");
            assertThat(response.body()).doesNotContain(directory.toString());
        }
    }

    @Test
    void withShowValues_showsValuesAndOriginsInFull_exceptSensitiveValues() throws Exception {
        try (ConfigurableApplicationContext context = withFiles(Application.class)
                .argument("management.endpoint.database.show-values", "always")
                .argument("wellhead.databases.default.maximum-pool-size", "7")
                .run()) {
            HttpResponse<String> response = actuator.get(context, "/actuator/database/default");
            DocumentContext settings = json(response, 200);

            assertThat(text(settings, "$.settings.maximumPoolSize.value")).isEqualTo("7");
            assertThat(text(settings, "$.settings.user.value")).isEqualTo("postgres");
            assertThat(text(settings, "$.settings.user.origin"))
                    .isEqualTo("file " + directory.resolve("user") + " (DB_USER_FILE)");
            assertThat(text(settings, "$.settings.passwordFile.value"))
                    .isEqualTo(directory.resolve("password").toString());
            assertThat(response.body()).doesNotContain("\"" + PostgresServer.SUPERUSER_PASSWORD + "\"");
        }
    }

    @Test
    void withShowValues_sanitizingFunction_hidesTheOriginsThatQuoteAValueToo() throws Exception {
        try (ConfigurableApplicationContext context = withFiles(WithSanitizing.class)
                .argument("management.endpoint.database.show-values", "always")
                .run()) {
            HttpResponse<String> response = actuator.get(context, "/actuator/database/default");
            DocumentContext settings = json(response, 200);

            assertThat(text(settings, "$.settings.passwordFile.value")).isEqualTo("******");
            assertThat(text(settings, "$.settings.user.value")).isEqualTo("postgres");
            assertThat(text(settings, "$.settings.user.origin")).isEqualTo("the file that DB_USER_FILE names");
            assertThat(response.body()).doesNotContain(directory.toString());
        }
    }

    @Test
    void withShowValues_sanitizingFunction_hidesTheSentencesThatMayQuoteAValue() throws Exception {
        PostgresServer.shared().createRole("hidden_host", "first-4711");
        Path password = Files.writeString(directory.resolve("password"), "first-4711");
        try (ConfigurableApplicationContext context = withCommand(HidingTheHost.class, "hidden_host", password)
                .variable("APP_ENV", "production")
                .argument("management.endpoint.database.show-values", "always")
                .run()) {
            assertThat(context.getBean(Database.class).settings().warnings()).isNotEmpty();
            assertThat(json(actuator.get(context, REFRESH), 200).read("$.warnings.length()", Integer.class))
                    .isZero();

            Files.writeString(password, "wrong-4711");
            DocumentContext refused = json(actuator.post(context, REFRESH), 200);
            assertThat(text(refused, "$.sentence"))
                    .isEqualTo("The credentials could not be refreshed: credentials_refused. The reason is not shown,"
                            + " because a SanitizingFunction hides a setting.");
        }
    }

    @Test
    void withShowValues_functionForSensitiveSettings_leavesTheWarnings() throws Exception {
        try (ConfigurableApplicationContext context = ActuatorRequests.application(HidingPasswords.class)
                .variable("DATABASE_URL", Start.url())
                .variable("APP_ENV", "production")
                .argument("management.endpoint.database.show-values", "always")
                .run()) {
            int warnings = context.getBean(Database.class).settings().warnings().size();

            assertThat(warnings).isPositive();
            assertThat(json(actuator.get(context, REFRESH), 200).read("$.warnings.length()", Integer.class))
                    .isEqualTo(warnings);
        }
    }

    @Test
    void whenAuthorized_showsNoValuesToAnonymousUsers() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument("management.endpoint.database.show-values", "when-authorized")
                .run()) {
            DocumentContext settings = json(actuator.get(context, "/actuator/database/default"), 200);

            assertThat(text(settings, "$.settings.port.value")).isEqualTo("******");
        }
    }

    @Test
    void refresh_asAWriteOperation_reportsWhatHappened() throws Exception {
        PostgresServer.shared().createRole("actuated", "first-4711");
        Path password = Files.writeString(directory.resolve("password"), "first-4711");
        try (ConfigurableApplicationContext context = withCommand(Application.class, "actuated", password)
                .argument("management.endpoint.database.show-values", "always")
                .run()) {
            assertThat(text(json(actuator.post(context, REFRESH), 200), "$.outcome"))
                    .isEqualTo("unchanged");

            PostgresServer.shared().setPassword("actuated", "second-4711");
            Files.writeString(password, "second-4711");
            DocumentContext refreshed = json(actuator.post(context, REFRESH), 200);
            assertThat(text(refreshed, "$.outcome")).isEqualTo("refreshed");
            assertThat(text(refreshed, "$.sentence"))
                    .isEqualTo(
                            "The server accepted newer credentials. Connections with older ones retire in the background.");

            Files.writeString(password, "wrong-4711");
            HttpResponse<String> refused = actuator.post(context, REFRESH);
            assertThat(text(json(refused, 200), "$.outcome")).isEqualTo("failed");
            assertThat(text(json(refused, 200), "$.sentence"))
                    .startsWith("127.0.0.1:" + PostgresServer.shared().port() + " refused the password of user 'actuated'");
            assertThat(refused.body()).doesNotContain("4711");
            assertThat(text(json(actuator.get(context, "/actuator/health/db"), 200), "$.status"))
                    .isEqualTo("UP");
        }
    }

    @Test
    void refresh_thatFails_showsNoValuesByDefault() throws Exception {
        PostgresServer.shared().createRole("hidden_role", "first-4711");
        Path password = Files.writeString(directory.resolve("password"), "first-4711");
        try (ConfigurableApplicationContext context =
                withCommand(Application.class, "hidden_role", password).run()) {
            Files.writeString(password, "wrong-4711");

            DocumentContext refused = json(actuator.post(context, REFRESH), 200);

            assertThat(text(refused, "$.outcome")).isEqualTo("failed");
            assertThat(text(refused, "$.sentence"))
                    .isEqualTo("The credentials could not be refreshed: credentials_refused. Set"
                            + " management.endpoint.database.show-values to see the reason.");
        }
    }

    @Test
    void refresh_whenAuthorized_showsNoValuesToAnonymousUsers() throws Exception {
        PostgresServer.shared().createRole("hidden_user", "first-4711");
        Path password = Files.writeString(directory.resolve("password"), "first-4711");
        try (ConfigurableApplicationContext context = withCommand(Application.class, "hidden_user", password)
                .argument("management.endpoint.database.show-values", "when-authorized")
                .run()) {
            Files.writeString(password, "wrong-4711");

            assertThat(actuator.post(context, REFRESH).body()).doesNotContain("hidden_user");
            HttpResponse<String> refused = actuator.postWithoutBody(context, REFRESH);
            assertThat(text(json(refused, 200), "$.outcome")).isEqualTo("failed");
            assertThat(refused.body()).doesNotContain("hidden_user");
        }
    }

    @Test
    void prometheus_scrape_hasTheMetersOfEveryDatabase() throws Exception {
        try (ConfigurableApplicationContext context =
                application().variable("DATABASE_URL", Start.url()).run()) {
            String scraped = actuator.get(context, "/actuator/prometheus").body();

            assertThat(scraped)
                    .contains("hikaricp_connections_active{")
                    .contains("db_client_connection_limit{")
                    .contains("db_client_connection_create_time_seconds_count{")
                    .contains("wellhead_credentials_age_seconds{")
                    .containsPattern("wellhead_connection_creations_total\\{.*error_type=\"none\".*\\} [1-9]");
        }
    }

    private Start withFiles(Class<?> configuration) throws Exception {
        Path user = Files.writeString(directory.resolve("user"), PostgresServer.SUPERUSER);
        Path password = Files.writeString(directory.resolve("password"), PostgresServer.SUPERUSER_PASSWORD);
        return ActuatorRequests.application(configuration)
                .variable(
                        "DATABASE_URL",
                        "postgresql://127.0.0.1:" + PostgresServer.shared().port() + "/postgres")
                .variable("DB_USER_FILE", user.toString())
                .variable("DB_PASSWORD_FILE", password.toString());
    }

    private static Start withCommand(Class<?> configuration, String role, Path password) {
        return ActuatorRequests.application(configuration)
                .variable("DATABASE_URL", Start.url(role, "", "postgres"))
                // unlike a password file, a program is not run again and again
                .variable("DB_PASSWORD_COMMAND", "cat " + password);
    }

    private static Start application() {
        return ActuatorRequests.application(Application.class);
    }
}
