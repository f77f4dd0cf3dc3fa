package dev.wellhead;

import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets as platforms mount them, with the permissions that the platforms set. */
@Timeout(120)
class MountedFilesTest {

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path mount;

    @BeforeEach
    void writeSecret() throws IOException {
        write("db_user", PostgresServer.SUPERUSER);
        write("db_password", PostgresServer.SUPERUSER_PASSWORD);
        write("db_host", server.host());
        write("db_port", Integer.toString(server.port()));
        write("db_name", "postgres");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"systemd LoadCredential, r--------", "Docker secret, r--r--r--", "Kubernetes fsGroup, r--r-----"})
    void open_valueFiles_ofEachPlatform(String platform, String permissions) throws Exception {
        permit(permissions);

        open(Map.of(
                "ENVIRONMENT", "test",
                "DB_USER_FILE", mount.resolve("db_user").toString(),
                "DB_PASSWORD_FILE", mount.resolve("db_password").toString(),
                "DB_HOST_FILE", mount.resolve("db_host").toString(),
                "DB_PORT_FILE", mount.resolve("db_port").toString(),
                "DB_NAME_FILE", mount.resolve("db_name").toString()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"systemd LoadCredential, r--------", "Docker secret, r--r--r--", "Kubernetes fsGroup, r--r-----"})
    void open_secretDirectory_ofEachPlatform(String platform, String permissions) throws Exception {
        write("username", PostgresServer.SUPERUSER);
        write("password", PostgresServer.SUPERUSER_PASSWORD);
        write("host", server.host());
        write("port", Integer.toString(server.port()));
        write("dbname", "postgres");
        permit(permissions);

        open(Map.of("DB_SECRET_FILE", mount.toString()));
    }

    @Test
    void open_urlFile_isADockerSecret() throws Exception {
        String login = PostgresServer.SUPERUSER + ":"
                + URLEncoder.encode(PostgresServer.SUPERUSER_PASSWORD, StandardCharsets.UTF_8);
        Path url = write(
                "database_url", "postgresql://" + login + "@" + server.host() + ":" + server.port() + "/postgres");

        open(Map.of("DATABASE_URL_FILE", url.toString()));
    }

    @Test
    void open_serviceBinding_isFollowed() throws Exception {
        Path binding = Files.createDirectory(mount.resolve("orders"));
        Files.writeString(binding.resolve("type"), "postgresql\n");
        Files.writeString(binding.resolve("host"), server.host() + "\n");
        Files.writeString(binding.resolve("port"), server.port() + "\n");
        Files.writeString(binding.resolve("database"), "postgres\n");
        Files.writeString(binding.resolve("username"), PostgresServer.SUPERUSER + "\n");
        Files.writeString(binding.resolve("password"), PostgresServer.SUPERUSER_PASSWORD + "\n");

        open(Map.of("SERVICE_BINDING_ROOT", mount.toString()));
    }

    private static void open(Map<String, String> environment) throws SQLException {
        try (Database database = Databases.builder().environment(environment).open()) {
            TestDatabase.query(database);
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(mount.resolve(name), content + "\n");
    }

    private void permit(String permissions) throws IOException {
        try (var files = Files.list(mount)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            }
        }
    }
}
