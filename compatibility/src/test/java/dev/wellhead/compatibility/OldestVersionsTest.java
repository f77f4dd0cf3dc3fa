package dev.wellhead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Repository;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The oldest supported versions are the same in the build, in messages, on the page, and on this class path. */
class OldestVersionsTest {

    @Test
    void classPath_ofThisModule_hasTheOldestVersions() throws IOException {
        assertThat(jarOf(HikariDataSource.class)).endsWith("HikariCP-" + property("hikaricp") + ".jar");
        assertThat(jarOf(Config.class)).endsWith("config-" + property("config") + ".jar");
        assertThat(jarOf(Logger.class)).endsWith("slf4j-api-" + property("slf4j") + ".jar");
        assertThat(jarOf(RedisClient.class)).endsWith("lettuce-core-" + property("lettuce") + ".jar");
        assertThat(jarOf(SecretsManagerClient.class)).endsWith("secretsmanager-" + property("awssdk") + ".jar");
    }

    @ParameterizedTest
    @CsvSource({
        "HikariCP, hikaricp",
        "PostgreSQL JDBC driver, postgresql",
        "slf4j-api, slf4j",
        "typesafe-config, config",
        "AWS SDK for Java 2 (`wellhead-aws`), awssdk",
        "opentelemetry-api (`wellhead-otel`), opentelemetry",
        "lettuce-core (`wellhead-redis`), lettuce",
    })
    void supportPage_oldestVersion_isThatOfTheBuild(String library, String name) throws IOException {
        assertThat(Repository.read("docs/support.md")).contains("| " + library + " | " + property(name) + " | ");
    }

    @ParameterizedTest
    @CsvSource({
        "core/src/main/java/dev/wellhead/internal/libraries/SupportedLibraries.java, hikaricp",
        "core/src/main/java/dev/wellhead/internal/libraries/SupportedLibraries.java, postgresql",
        "core/src/main/java/dev/wellhead/internal/libraries/SupportedLibraries.java, config",
        "core/src/main/java/dev/wellhead/internal/libraries/SupportedLibraries.java, slf4j",
        "aws/src/main/java/dev/wellhead/aws/SdkVersion.java, awssdk",
        "otel/src/main/java/dev/wellhead/otel/GlobalLookup.java, opentelemetry",
    })
    void message_oldestVersion_isThatOfTheBuild(String source, String name) throws IOException {
        String version = property(name).replaceFirst("\\.0$", "");

        assertThat(Repository.read(source)).containsPattern("[\" ]" + Pattern.quote(version) + "[\" ]");
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static String property(String name) throws IOException {
        Matcher found =
                Pattern.compile("<" + name + "\\.oldest\\.version>([^<]+)<").matcher(Repository.read("pom.xml"));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}
