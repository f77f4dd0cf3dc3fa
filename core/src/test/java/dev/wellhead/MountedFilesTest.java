package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

        openAndClose(Map.of(
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

        openAndClose(Map.of("DB_SECRET_FILE", mount.toString()));
    }

    @Test
    void rotation_urlFile_isFollowed() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-0");
        String start = "postgresql://" + app.role() + ":";
        String end = "@" + server.host() + ":" + server.port() + "/postgres";
        Path url = write("database_url", start + "password-0" + end);
        try (Database database = open(Map.of("DATABASE_URL_FILE", url.toString()))) {
            app.setPassword("password-1");
            write("database_url", start + "password-1" + end);

            assertThat(database.refreshCredentials()).isTrue();
        }
    }

    @Test
    void rotation_userAndPasswordFiles_isFollowed() throws Exception {
        TestDatabase first = TestDatabase.on(server, "password-1");
        TestDatabase second = TestDatabase.on(server, "password-2");
        write("db_user", first.role());
        write("db_password", "password-1");
        Map<String, String> environment = Map.of(
                "DB_HOST", server.host(),
                "DB_PORT", Integer.toString(server.port()),
                "DB_NAME", "postgres",
                "DB_USER_FILE", mount.resolve("db_user").toString(),
                "DB_PASSWORD_FILE", mount.resolve("db_password").toString());
        try (Database database = open(environment)) {
            write("db_user", second.role());
            write("db_password", "password-2");

            assertThat(database.refreshCredentials()).isTrue();
            Await.until(Duration.ofMinutes(1), () -> first.sessions() == 0);
            try (Connection connection = database.getConnection()) {
                assertThat(TestDatabase.answer(connection, "select current_user"))
                        .isEqualTo(second.role());
            }
        }
    }

    @Test
    void rotation_serviceBinding_isFollowed() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-0");
        Path binding = Files.createDirectory(mount.resolve("orders"));
        Files.writeString(binding.resolve("type"), "postgresql\n");
        Files.writeString(binding.resolve("host"), server.host() + "\n");
        Files.writeString(binding.resolve("port"), server.port() + "\n");
        Files.writeString(binding.resolve("database"), "postgres\n");
        Files.writeString(binding.resolve("username"), app.role() + "\n");
        Files.writeString(binding.resolve("password"), "password-0\n");
        try (Database database = open(Map.of("SERVICE_BINDING_ROOT", mount.toString()))) {
            app.setPassword("password-1");
            Files.writeString(binding.resolve("password"), "password-1\n");

            assertThat(database.refreshCredentials()).isTrue();
        }
    }

    private static void openAndClose(Map<String, String> environment) throws SQLException {
        open(environment).close();
    }

    private static Database open(Map<String, String> environment) throws SQLException {
        Database database = Databases.builder().environment(environment).open();
        try {
            TestDatabase.query(database);
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
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
