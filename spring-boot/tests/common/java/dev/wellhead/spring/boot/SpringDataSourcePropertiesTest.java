package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.testkit.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class SpringDataSourcePropertiesTest {

    private final String springUrl = PostgresServer.shared().jdbcUrl();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage
    static class Application {}

    @Test
    void sameDatabase_isAWarningWithTheNamesToUse(CapturedOutput output) {
        Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .variable("SPRING_DATASOURCE_URL", springUrl)
                .argument("spring.datasource.hikari.maximum-pool-size", "50")
                .argument("spring.datasource.driver-class-name", "org.postgresql.Driver")
                .run()
                .close();

        assertThat(output)
                .containsOnlyOnce("Spring Boot's properties of a data source have no effect")
                .contains("spring.datasource.hikari.maximum-pool-size (spring.datasource.hikari.maximum-pool-size"
                        + " (command line)): use DB_MAXIMUM_POOL_SIZE or wellhead.databases.default.maximum-pool-size")
                .contains("SPRING_DATASOURCE_URL (environment variable SPRING_DATASOURCE_URL): use DATABASE_URL or"
                        + " wellhead.databases.default.url")
                .contains("spring.datasource.driver-class-name (spring.datasource.driver-class-name (command line)):"
                        + " remove it");
    }

    @Test
    void anotherDatabase_endsTheStart(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .variable("DATABASE_URL", Start.url())
                .argument("spring.datasource.url", springUrl.replace("/postgres", "/other"))
                .run()
                .close());

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("spring.datasource.url names another database than DATABASE_URL.")
                .contains("From: spring.datasource.url (command line); host in environment variable DATABASE_URL");
    }

    @Test
    void onlyTheUrlOfSpring_endsTheStart_insteadOfLocalhost(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .argument("spring.datasource.url", springUrl)
                .argument("spring.datasource.password", "se-cr-et")
                .run()
                .close());

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("spring.datasource.url is set, but Wellhead opens the database and does not read it.")
                .contains("Rename the properties: spring.datasource.password: use DB_PASSWORD or"
                        + " wellhead.databases.default.password, spring.datasource.url: use DATABASE_URL or"
                        + " wellhead.databases.default.url.")
                .contains("set wellhead.spring.enabled to false")
                .doesNotContain("se-cr-et");
    }

    @Test
    void onlyTheUrlOfSpring_inAStrictEnvironment_isReportedToo(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> Start.of(Application.class)
                .variable("ENVIRONMENT", "production")
                .argument("spring.datasource.url", springUrl)
                .run()
                .close());

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("spring.datasource.url is set, but Wellhead opens the database and does not read it.");
    }
}
