package dev.wellhead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.AnsweringProcess;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service with libraries that are missing or too old: the start fails with the name of the library and the fix. */
@Timeout(240)
class UnsupportedLibrariesTest {

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path directory;

    @Test
    void hikariCp_thatIsTooOld_isNamedWithTheVersionThatIsNeeded() throws IOException {
        assertThat(answer(classPathWith("HikariCP", "/HikariCP/"), Map.of()))
                .isEqualTo("Cannot open the database: HikariCP 5.1.0 is on the class path, and Wellhead needs 6.0 or"
                        + " later. | Raise the version of com.zaxxer:HikariCP in your build (Spring Boot:"
                        + " hikaricp.version).");
    }

    @Test
    void hikariCp_thatIsMissing_isNamed() throws IOException {
        assertThat(answer(ClassPath.without("/HikariCP/"), Map.of()))
                .isEqualTo("Cannot open the database: HikariCP is not on the class path, and Wellhead needs 6.0 or"
                        + " later. | Add com.zaxxer:HikariCP.");
    }

    @Test
    void driver_thatIsMissing_isNamed() throws IOException {
        assertThat(answer(ClassPath.without("/libraries/postgresql.jar"), Map.of()))
                .contains("The PostgreSQL JDBC driver is not on the class path, and Wellhead needs 42.5 or later.")
                .contains("Add org.postgresql:postgresql.");
    }

    @Test
    void awsSdk_thatIsTooOld_isNamedWithTheVersionThatIsNeeded() throws IOException {
        // the classes that are missing in 2.25 are in a jar of their own in later versions
        List<String> classPath = classPathWith("secretsmanager", "/awssdk/secretsmanager/", "/awssdk/retries");

        assertThat(answer(classPath, Map.of("DB_SECRET_ID", "prod/ledger", "AWS_REGION", "eu-west-1")))
                .isEqualTo("Cannot open the database: AWS SDK (secretsmanager) 2.25.0 is on the class path, and"
                        + " wellhead-aws needs 2.28.1 or later. | Raise the version of"
                        + " software.amazon.awssdk:secretsmanager in your build.");
    }

    @Test
    void channelBinding_thatTheDriverDoesNotHave_isRefused() throws IOException {
        assertThat(answer(ClassPath.OLDEST, Map.of("DB_CHANNEL_BINDING", "require", "DB_SSLMODE", "require")))
                .isEqualTo(
                        "Cannot open the database: DB_CHANNEL_BINDING is 'require', which needs a later version of the"
                                + " PostgreSQL JDBC driver: this one has no property 'channelBinding'. | From: environment"
                                + " variable DB_CHANNEL_BINDING | Raise the version of org.postgresql:postgresql (42.7.13 has"
                                + " it), or unset DB_CHANNEL_BINDING.");
    }

    /** {@return the class path with another version in place of the entries that contain one of {@code replaced}} */
    private static List<String> classPathWith(String artifact, String... replaced) {
        List<String> classPath = new ArrayList<>(ClassPath.without(replaced));
        classPath.add(ClassPath.jar(artifact));
        return classPath;
    }

    private String answer(List<String> classPath, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", PostgresServer.SUPERUSER);
        if (!more.containsKey("DB_SECRET_ID")) {
            environment.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        }
        environment.putAll(more);
        try (AnsweringProcess service = AnsweringProcess.start(Service.class, directory, classPath, environment)) {
            return service.answer();
        }
    }
}
