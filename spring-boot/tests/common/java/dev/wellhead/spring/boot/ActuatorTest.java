package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import dev.wellhead.Database;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The health contributor, the endpoint and the meters, over HTTP. */
class ActuatorTest {

    private static final String ROLE = "actuated";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory = Path.of("");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @BeforeAll
    static void createDatabase() {
        PostgresServer.shared().createDatabase("ledger_of_actuator");
    }

    @Test
    void health_ofOneDatabase_hasRoleVersionAndCredentials() throws Exception {
        try (ConfigurableApplicationContext context =
                application().variable("DATABASE_URL", Start.url()).run()) {
            DocumentContext health = json(get(context, "/actuator/health"), 200);

            assertThat(text(health, "$.components.database.status")).isEqualTo("UP");
            assertThat(text(health, "$.components.database.details.database")).isEqualTo("default");
            assertThat(text(health, "$.components.database.details.role")).isEqualTo("primary");
            assertThat(text(health, "$.components.database.details.version")).matches("\\d+\\.\\d+.*");
            assertThat(text(health, "$.components.database.details.credentials.source"))
                    .isEqualTo("password");
            assertThat(Duration.parse(text(health, "$.components.database.details.credentials.age")))
                    .isBetween(Duration.ZERO, Duration.ofMinutes(10));
            assertThat(text(health, "$.components.database.details.tls.version"))
                    .isEqualTo("none");
            // Spring Boot's own component has one database, because nothing uses the reader
            assertThat(text(health, "$.components.db.details.database")).isEqualTo("PostgreSQL");
            assertThat(get(context, "/actuator/prometheus").body())
                    .contains("pool=\"default\"")
                    .doesNotContain("pool=\"default-reader\"");
        }
    }

    @Test
    void health_ofSeveralDatabases_hasOneComponentForEach() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument(
                        "wellhead.databases.ledger.url",
                        Start.url("postgres", PostgresServer.SUPERUSER_PASSWORD, "ledger_of_actuator"))
                .run()) {
            DocumentContext health = json(get(context, "/actuator/health"), 200);

            assertThat(text(health, "$.components.database.components.default.status"))
                    .isEqualTo("UP");
            assertThat(text(health, "$.components.database.components.ledger.details.database"))
                    .isEqualTo("ledger");
        }
    }

    @Test
    void health_withoutAServer_isDownWithTheSentenceOfDoctor_andLivenessStaysUp() throws Exception {
        PostgresServer server = PostgresServer.builder().start();
        int port = server.port();
        try (ConfigurableApplicationContext context = application()
                .variable("DB_HOST", "127.0.0.1")
                .variable("DB_PORT", Integer.toString(port))
                .variable("DB_USER", "postgres")
                .variable("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD)
                .variable("DB_NAME", "postgres")
                .variable("DB_CONNECTION_TIMEOUT", "5s")
                .argument("management.endpoint.health.probes.enabled", "true")
                .run()) {
            assertThat(text(json(get(context, "/actuator/health/database"), 200), "$.status"))
                    .isEqualTo("UP");
            server.close();

            DocumentContext health = json(get(context, "/actuator/health/database"), 503);

            assertThat(text(health, "$.status")).isEqualTo("DOWN");
            assertThat(text(health, "$.details.error"))
                    .isEqualTo("127.0.0.1:" + port + ": nothing listens on this port (DB_HOST, DB_PORT).");
            assertThat(text(health, "$.details.failureKind")).isEqualTo("refused");
            assertThat(text(health, "$.details.credentials.source")).isEqualTo("password");
            assertThat(text(json(get(context, "/actuator/health/liveness"), 200), "$.status"))
                    .isEqualTo("UP");
        } finally {
            server.close();
        }
    }

    @Test
    void endpoint_byDefault_showsOriginsAndNoValues() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .variable("APP_ENV", "production")
                .run()) {
            DocumentContext settings = json(get(context, "/actuator/database"), 200);

            assertThat(text(settings, "$.databases.default.environment")).isEqualTo("local");
            assertThat(text(settings, "$.databases.default.settings.host.value"))
                    .isEqualTo("******");
            assertThat(text(settings, "$.databases.default.settings.host.origin"))
                    .isEqualTo("host in environment variable DATABASE_URL");
            assertThat(context.getBean(Database.class).settings().warnings()).isNotEmpty();
            assertThat(settings.read("$.databases.default.warnings.length()", Integer.class))
                    .isZero();
            assertThat(get(context, "/actuator/database/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void endpoint_withShowValues_showsValuesExceptSensitiveOnes() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument("management.endpoint.database.show-values", "always")
                .argument("wellhead.databases.default.maximum-pool-size", "7")
                .run()) {
            HttpResponse<String> response = get(context, "/actuator/database/default");
            DocumentContext settings = json(response, 200);

            assertThat(text(settings, "$.settings.maximumPoolSize.value")).isEqualTo("7");
            assertThat(text(settings, "$.settings.password.value")).isEqualTo("<redacted>");
            assertThat(response.body()).doesNotContain("\"" + PostgresServer.SUPERUSER_PASSWORD + "\"");
        }
    }

    @Test
    void endpoint_whenAuthorized_showsNoValuesToAnonymousUsers() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument("management.endpoint.database.show-values", "when-authorized")
                .run()) {
            DocumentContext settings = json(get(context, "/actuator/database/default"), 200);

            assertThat(text(settings, "$.settings.port.value")).isEqualTo("******");
        }
    }

    @Test
    void refresh_asAWriteOperation_reportsWhatHappened() throws Exception {
        PostgresServer.shared().createRole(ROLE, "first-4711");
        Path password = Files.writeString(directory.resolve("password"), "first-4711");
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url(ROLE, "", "postgres"))
                // unlike a password file, a program is not run again and again
                .variable("DB_PASSWORD_COMMAND", "cat " + password)
                .run()) {
            assertThat(text(json(refresh(context), 200), "$.outcome")).isEqualTo("unchanged");

            PostgresServer.shared().setPassword(ROLE, "second-4711");
            Files.writeString(password, "second-4711");
            DocumentContext refreshed = json(refresh(context), 200);
            assertThat(text(refreshed, "$.outcome")).isEqualTo("refreshed");
            assertThat(text(refreshed, "$.sentence"))
                    .isEqualTo(
                            "The server accepted newer credentials. Connections with older ones retire in the background.");

            Files.writeString(password, "wrong-4711");
            HttpResponse<String> refused = refresh(context);
            assertThat(text(json(refused, 200), "$.outcome")).isEqualTo("failed");
            assertThat(text(json(refused, 200), "$.sentence"))
                    .startsWith("127.0.0.1:" + PostgresServer.shared().port() + " refused the password of user 'actuated'");
            assertThat(refused.body()).doesNotContain("4711");
            assertThat(text(json(get(context, "/actuator/health/database"), 200), "$.status"))
                    .isEqualTo("UP");
        }
    }

    @Test
    void prometheus_scrape_hasTheMetersOfEveryDatabase() throws Exception {
        try (ConfigurableApplicationContext context =
                application().variable("DATABASE_URL", Start.url()).run()) {
            String scraped = get(context, "/actuator/prometheus").body();

            assertThat(scraped)
                    .contains("hikaricp_connections_active{")
                    .contains("db_client_connection_limit{")
                    .contains("db_client_connection_create_time_seconds_count{")
                    .contains("wellhead_credentials_age_seconds{")
                    .containsPattern("wellhead_connection_creations_total\\{.*error_type=\"none\".*\\} [1-9]");
        }
    }

    private static Start application() {
        return Start.of(Application.class)
                .web()
                .argument("server.port", "0")
                .argument("spring.flyway.enabled", "false")
                .argument("server.address", "127.0.0.1")
                .argument("management.endpoints.web.exposure.include", "*")
                .argument("management.endpoint.health.show-details", "always");
    }

    private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
            throws IOException, InterruptedException {
        return send(context, HttpRequest.newBuilder().GET(), path);
    }

    private HttpResponse<String> refresh(ConfigurableApplicationContext context)
            throws IOException, InterruptedException {
        return send(
                context,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                "/actuator/database/default");
    }

    private HttpResponse<String> send(ConfigurableApplicationContext context, HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return http.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofMinutes(2))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static DocumentContext json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonPath.parse(response.body());
    }

    private static String text(DocumentContext json, String path) {
        return json.read(path, String.class);
    }
}
