package dev.wellhead.spring.boot;

import static dev.wellhead.spring.boot.ActuatorRequests.json;
import static dev.wellhead.spring.boot.ActuatorRequests.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.PostgresServer;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The health component {@code db} over HTTP, which replaces that of Spring Boot. */
class DatabaseHealthTest {

    private static final String LEDGER = "ledger_of_health";

    private final ActuatorRequests actuator = new ActuatorRequests();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** A data source that no other bean gets without its qualifier. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithOtherDataSource {

        @Bean(defaultCandidate = false)
        HikariDataSource archive() {
            HikariDataSource source = new HikariDataSource();
            source.setJdbcUrl(PostgresServer.shared().jdbcUrl());
            source.setUsername(PostgresServer.SUPERUSER);
            source.setPassword(PostgresServer.SUPERUSER_PASSWORD);
            source.setPoolName("archive");
            return source;
        }
    }

    /** A data source that chooses another one, and one that does not support the method {@code isWrapperFor}. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithRouting {

        @Bean(defaultCandidate = false)
        DataSource routing() {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

                @Override
                protected Object determineCurrentLookupKey() {
                    return "north";
                }
            };
            routing.setTargetDataSources(Map.of("north", archive()));
            return routing;
        }

        @Bean(defaultCandidate = false)
        DataSource plain() {
            return new DelegatingDataSource(archive()) {

                @Override
                public boolean isWrapperFor(Class<?> type) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        private static DataSource archive() {
            return new DriverManagerDataSource(
                    PostgresServer.shared().jdbcUrl(), PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD);
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

    /** Databases whose beans have names that end like those of readers. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class WithOwnDatabases {

        @Bean
        @Primary
        Database proofReader() throws SQLException {
            return Databases.builder()
                    .environment(Map.of("DATABASE_URL", Start.url()))
                    .open();
        }

        @Bean(defaultCandidate = false)
        Database bookReader() throws SQLException {
            return Databases.builder()
                    .name("books")
                    .environment(Map.of("BOOKS_DATABASE_URL", Start.url()))
                    .open();
        }

        /** The same name as the first one. */
        @Bean(defaultCandidate = false)
        Database aReader() throws SQLException {
            return Databases.builder()
                    .environment(Map.of("DATABASE_URL", Start.url()))
                    .open();
        }
    }

    @BeforeAll
    static void createDatabase() {
        PostgresServer.shared().createDatabase(LEDGER);
    }

    @Test
    void oneDatabase_isOneComponent_withRoleVersionAndCredentials() throws Exception {
        try (ConfigurableApplicationContext context =
                application().variable("DATABASE_URL", Start.url()).run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health"), 200);

            assertThat(keys(health, "$.components")).contains("db").doesNotContain("database");
            assertThat(text(health, "$.components.db.status")).isEqualTo("UP");
            // as in Spring Boot's own component
            assertThat(text(health, "$.components.db.details.database")).isEqualTo("PostgreSQL");
            assertThat(text(health, "$.components.db.details.name")).isEqualTo("default");
            assertThat(text(health, "$.components.db.details.role")).isEqualTo("primary");
            assertThat(text(health, "$.components.db.details.version")).matches("\\d+\\.\\d+.*");
            assertThat(text(health, "$.components.db.details.credentials.source"))
                    .isEqualTo("password");
            assertThat(Duration.parse(text(health, "$.components.db.details.credentials.age")))
                    .isBetween(Duration.ZERO, Duration.ofMinutes(10));
            assertThat(text(health, "$.components.db.details.tls.version")).isEqualTo("none");
            // nothing has opened the pool of the reader
            assertThat(actuator.get(context, "/actuator/prometheus").body())
                    .contains("pool=\"default\"")
                    .doesNotContain("pool=\"default-reader\"");
        }
    }

    @Test
    void severalDatabases_haveOneComponentEach() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument(
                        "wellhead.databases.ledger.url",
                        Start.url("postgres", PostgresServer.SUPERUSER_PASSWORD, LEDGER))
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health"), 200);

            assertThat(keys(health, "$.components.db.components")).containsExactlyInAnyOrder("default", "ledger");
            assertThat(text(health, "$.components.db.components.default.status"))
                    .isEqualTo("UP");
            assertThat(text(health, "$.components.db.components.ledger.details.name"))
                    .isEqualTo("ledger");
        }
    }

    @Test
    void readOnlyTransactionsOnTheReader_stillHaveOneComponent() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument("wellhead.spring.read-only-transactions", "reader")
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 200);

            assertThat(text(health, "$.details.name")).isEqualTo("default");
        }
    }

    @Test
    void otherDataSource_keepsTheIndicatorOfSpringBoot() throws Exception {
        try (ConfigurableApplicationContext context = ActuatorRequests.application(WithOtherDataSource.class)
                .variable("DATABASE_URL", Start.url())
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 200);

            assertThat(keys(health, "$.components")).containsExactlyInAnyOrder("default", "archive");
            assertThat(text(health, "$.components.default.details.role")).isEqualTo("primary");
            assertThat(text(health, "$.components.archive.details.validationQuery"))
                    .isEqualTo("isValid()");
        }
    }

    @Test
    void routingDataSource_hasAComponentForEachTarget() throws Exception {
        try (ConfigurableApplicationContext context = ActuatorRequests.application(WithRouting.class)
                .variable("DATABASE_URL", Start.url())
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 200);

            assertThat(keys(health, "$.components")).containsExactlyInAnyOrder("default", "plain", "routing.north");
        }
    }

    @Test
    void routingDataSource_thatIsIgnored_hasNoComponent() throws Exception {
        try (ConfigurableApplicationContext context = ActuatorRequests.application(WithRouting.class)
                .variable("DATABASE_URL", Start.url())
                .variable("MANAGEMENT_HEALTH_DB_IGNOREROUTINGDATASOURCES", "true")
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 200);

            assertThat(keys(health, "$.components")).containsExactlyInAnyOrder("default", "plain");
        }
    }

    @Test
    void databasesOfTheApplication_areAllChecked_whateverTheNamesOfTheirBeans() throws Exception {
        try (ConfigurableApplicationContext context =
                ActuatorRequests.application(WithOwnDatabases.class).run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 200);

            assertThat(keys(health, "$.components")).containsExactlyInAnyOrder("aReader", "books", "default");
            assertThat(keys(json(actuator.get(context, "/actuator/database"), 200), "$.databases"))
                    .containsExactlyInAnyOrder("aReader", "books", "default");
        }
    }

    @Test
    void disabled_thereIsNoComponent() throws Exception {
        try (ConfigurableApplicationContext context = application()
                .variable("DATABASE_URL", Start.url())
                .argument("management.health.db.enabled", "false")
                .run()) {
            DocumentContext health = json(actuator.get(context, "/actuator/health"), 200);

            assertThat(keys(health, "$.components")).doesNotContain("db", "database");
        }
    }

    @Test
    void withoutAServer_isDownWithTheSentenceOfDoctor_andLivenessStaysUp() throws Exception {
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
                .argument("management.endpoint.health.group.readiness.include", "readinessState,db")
                .run()) {
            assertThat(text(json(actuator.get(context, "/actuator/health/db"), 200), "$.status"))
                    .isEqualTo("UP");
            assertThat(text(json(actuator.get(context, "/actuator/health/readiness"), 200), "$.status"))
                    .isEqualTo("UP");
            server.close();

            DocumentContext health = json(actuator.get(context, "/actuator/health/db"), 503);

            assertThat(text(health, "$.status")).isEqualTo("DOWN");
            assertThat(text(health, "$.details.error"))
                    .isEqualTo("127.0.0.1:" + port + ": nothing listens on this port (DB_HOST, DB_PORT).");
            assertThat(text(health, "$.details.failureKind")).isEqualTo("refused");
            assertThat(text(health, "$.details.credentials.source")).isEqualTo("password");
            assertThat(text(json(actuator.get(context, "/actuator/health/readiness"), 503), "$.status"))
                    .isEqualTo("DOWN");
            assertThat(text(json(actuator.get(context, "/actuator/health/liveness"), 200), "$.status"))
                    .isEqualTo("UP");
        } finally {
            server.close();
        }
    }

    @Test
    void withoutAServer_sanitizingFunction_hidesTheSentenceThatMayQuoteAValue() throws Exception {
        PostgresServer server = PostgresServer.builder().start();
        try (ConfigurableApplicationContext context = ActuatorRequests.application(HidingTheHost.class)
                .variable("DB_HOST", "127.0.0.1")
                .variable("DB_PORT", Integer.toString(server.port()))
                .variable("DB_USER", "postgres")
                .variable("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD)
                .variable("DB_NAME", "postgres")
                .variable("DB_CONNECTION_TIMEOUT", "5s")
                .run()) {
            server.close();

            HttpResponse<String> response = actuator.get(context, "/actuator/health/db");
            DocumentContext health = json(response, 503);

            assertThat(text(health, "$.details.error"))
                    .isEqualTo("The database does not answer: refused. The reason is not shown, because a"
                            + " SanitizingFunction hides a setting.");
            assertThat(text(health, "$.details.failureKind")).isEqualTo("refused");
            assertThat(response.body()).doesNotContain("127.0.0.1");
        } finally {
            server.close();
        }
    }

    private static Start application() {
        return ActuatorRequests.application(Application.class);
    }

    private static Set<String> keys(DocumentContext json, String path) {
        Map<?, ?> object = json.read(path, Map.class);
        Set<String> keys = new TreeSet<>();
        object.keySet().forEach(key -> keys.add(key.toString()));
        return keys;
    }
}
