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
                        Pattern.quote("| " + library + " |") + "( [0-9.]+ \\|)? " + Pattern.quote(version + " |"));
    }
}
