package dev.wellhead.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Repository;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the versions in docs/support.md with those of the build. */
class SupportPageTest {

    @ParameterizedTest
    @CsvSource({
        "HikariCP, hikaricp.version",
        "PostgreSQL JDBC driver, postgresql.version",
        "slf4j-api, slf4j.version",
        "typesafe-config, config.version",
        "AWS SDK for Java 2 (`wellhead-aws`), awssdk.version",
        "opentelemetry-api (`wellhead-otel`), opentelemetry.version",
        "micrometer-core (`wellhead-micrometer`), micrometer.version",
        "lettuce-core (`wellhead-redis`), lettuce.version",
        "Spring Boot, spring-boot.version",
        "Micronaut, micronaut.version",
        "Quarkus, quarkus.version",
        "Hibernate, hibernate.version",
        "jOOQ, jooq.version",
        "Jdbi, jdbi.version",
        "MyBatis, mybatis.version",
        "Flyway, flyway.version",
        "Liquibase, liquibase.version",
        "Kotlin, kotlin.version",
    })
    void testedVersion_ofALibrary_isThatOfTheBuild(String library, String property) throws IOException {
        String version = new PomFiles("pom.xml", "examples/guides/pom.xml").property(property);

        // libraries of the class path have the oldest supported version in front of it
        assertThat(Repository.read("docs/support.md"))
                .containsPattern(
                        Pattern.quote("| " + library + " |") + "( [0-9A-Z.]+ \\|)? " + Pattern.quote(version + " |"));
    }

    @ParameterizedTest
    @CsvSource({
        "Micronaut, micronaut, micronaut.version",
        "Quarkus, quarkus, quarkus.version",
        "Helidon, helidon, helidon.version",
        "Hibernate, libraries, hibernate.version",
        "jOOQ, libraries, jooq.version",
        "Jdbi, libraries, jdbi.version",
        "MyBatis, libraries, mybatis.version",
        "Flyway, libraries, flyway.version",
        "Liquibase, libraries, liquibase.version",
        "DBCP2, libraries, dbcp2.version",
        "Tomcat JDBC, libraries, tomcat-jdbc.version",
        "c3p0, libraries, c3p0.version",
        "Agroal, libraries, agroal.version",
    })
    void testedVersion_ofAConsumer_isThatOfItsBuild(String library, String module, String property) throws IOException {
        String version = new PomFiles("examples/consumers/" + module + "/pom.xml").property(property);

        assertThat(Repository.read("docs/support.md")).contains("| " + library + " | " + version + " |");
    }
}
