package dev.wellhead.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.AnsweringProcess;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service with the oldest supported versions of all libraries: settings from a file, TLS that verifies the server, and
 * rotations. The modules themselves were compiled with the newest versions.
 */
@Timeout(240)
class OldestLibrariesTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");
    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ledger-AbCdEf";

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().tls(AUTHORITY.server("127.0.0.1")).start();
        server.createRole("app", "password-1");
        server.createRole("rotated", "password-1");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void passwordFile_thatIsRotated_isFollowed() throws Exception {
        Files.writeString(
                directory.resolve("application.conf"), "wellhead.databases.default { maximumPoolSize = ${POOL} }");
        Path file = Files.writeString(directory.resolve("password"), "password-1");
        Map<String, String> environment = environment("app");
        environment.put("POOL", "3");
        environment.put("DB_PASSWORD_FILE", file.toString());
        try (AnsweringProcess service =
                AnsweringProcess.start(Service.class, directory, ClassPath.OLDEST, environment)) {
            assertThat(service.answer()).isEqualTo("app, TLS true, timeout 7s, pool 3, driver 42.5.0");

            server.setPassword("app", "password-2");
            Path next = Files.writeString(directory.resolve("next"), "password-2");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            assertThat(service.ask()).isEqualTo("app, TLS true, timeout 7s, pool 3, driver 42.5.0");
            assertThat(service.ask()).isEqualTo("app, TLS true, timeout 7s, pool 3, driver 42.5.0");
        }
    }

    @Test
    void secret_thatIsRotated_isFollowed() throws Exception {
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.put(ARN, login("password-1"));
            Map<String, String> environment = environment("rotated");
            environment.remove("DB_USER");
            environment.put("DB_SECRET_ID", ARN);
            environment.put("DB_MAXIMUM_POOL_SIZE", "2");
            environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
            environment.put("AWS_SECRET_ACCESS_KEY", "not-a-key");
            environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", store.uri().toString());
            try (AnsweringProcess service =
                    AnsweringProcess.start(Service.class, directory, ClassPath.OLDEST, environment)) {
                assertThat(service.answer()).isEqualTo("rotated, TLS true, timeout 7s, pool 2, driver 42.5.0");

                store.createPending(ARN, login("password-2"));
                server.setPassword("rotated", "password-2");
                assertThat(service.ask()).isEqualTo("rotated, TLS true, timeout 7s, pool 2, driver 42.5.0");
                store.finish(ARN);
                assertThat(service.ask()).isEqualTo("rotated, TLS true, timeout 7s, pool 2, driver 42.5.0");
            }
        }
    }

    private Map<String, String> environment(String user) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_USER", user);
        environment.put("DB_SSLMODE", "verify-full");
        environment.put(
                "DB_SSLROOTCERT",
                AUTHORITY.writeTo(directory.resolve("root.crt")).toString());
        environment.put("DB_STATEMENT_TIMEOUT", "7s");
        environment.put("DB_CONNECTION_TIMEOUT", "60s");
        return environment;
    }

    private static String login(String password) {
        return "{\"engine\":\"postgres\",\"host\":\"" + server.host() + "\",\"port\":" + server.port()
                + ",\"dbname\":\"postgres\",\"username\":\"rotated\",\"password\":\"" + password + "\"}";
    }
}
