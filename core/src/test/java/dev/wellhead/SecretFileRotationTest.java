package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Settings;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** User and password that change together in files, while connections end all the time. */
@Timeout(300)
class SecretFileRotationTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static PostgresServer server;

    private int versions;

    @TempDir
    private Path mount;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** Two roles in turn, as in an alternating rotation: the role that is not in use gets a new password. */
    @Test
    void mountedDirectory_fiftySwapsOfUserAndPassword_failNoBorrow() throws Exception {
        String[] roles = {"swap_a", "swap_b"};
        server.createRole(roles[0], "password-0");
        server.createRole(roles[1], "unused");
        swap(roles[0], "password-0");
        try (Database database = open(mount);
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            for (int i = 1; i <= 50; i++) {
                server.setPassword(roles[i % 2], "password-" + i);
                swap(roles[i % 2], "password-" + i);
                // the old role ends immediately
                server.setPassword(roles[(i + 1) % 2], "ended-" + i);
                load.awaitBorrows(8);
            }

            load.awaitRecovery("50 swaps of user and password");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void plainFiles_rewrittenOneByOne_failNoBorrowAndSendNoMixedPair() throws Exception {
        server.createRole("agent_0", "password-0");
        write("username", "agent_0");
        write("password", "password-0");
        try (Database database = open(mount);
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            for (int i = 1; i <= 2; i++) {
                server.createRole("agent_" + i, "password-" + i);
                // the order in which an agent writes its templates is not defined
                write(i % 2 == 0 ? "username" : "password", i % 2 == 0 ? "agent_" + i : "password-" + i);
                load.awaitBorrows(20);
                write(i % 2 == 0 ? "password" : "username", i % 2 == 0 ? "password-" + i : "agent_" + i);
                String role = "agent_" + i;
                Await.until(SOON, "a session of " + role, () -> sessions(role) > 0);
            }

            load.awaitRecovery("plain files");
            assertThat(load.failedBorrows()).isEmpty();
        }
        for (int i = 1; i <= 2; i++) {
            assertThat(refusedLogins("agent_" + i)).isZero();
        }
    }

    @Test
    void jsonFile_rewrittenInPlace_failsNoBorrow() throws Exception {
        server.createRole("json_0", "password-0");
        Path file = write("db.json", "{\"username\":\"json_0\",\"password\":\"password-0\"}");
        try (Database database = open(file);
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            for (int i = 1; i <= 2; i++) {
                String role = "json_" + i;
                server.createRole(role, "password-" + i);
                write("db.json", "{\"username\":\"" + role + "\",\"password\":\"password-" + i + "\"}");
                Await.until(SOON, "a session of " + role, () -> sessions(role) > 0);
            }

            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void jsonFile_otherServer_isProvenAndFollowed() throws Exception {
        server.createRole("mover", "pw");
        try (FaultProxy before = FaultProxy.to(server);
                FaultProxy after = FaultProxy.to(server)) {
            Path file = write("place.json", place(before));
            Map<String, String> environment = Map.of(
                    "DB_SECRET_FILE", file.toString(), "DB_MAXIMUM_POOL_SIZE", "2", "DB_CONNECTION_TIMEOUT", "30s");
            try (Database database =
                    Databases.builder().environment(environment).open()) {
                assertThat(database.settings().hosts()).containsExactly(new HostAndPort(before.host(), before.port()));
                assertThat(database.settings()
                                .explain(Settings.HOST)
                                .orElseThrow()
                                .origin())
                        .isEqualTo(new Origin.SecretField("secret file " + file, "host"));
                TestDatabase.query(database);

                write("place.json", place(after));

                Await.until(SOON, () -> after.connectionCount() > 0);
                TestDatabase.query(database);
            }
        }
    }

    private static String place(FaultProxy proxy) {
        return "{\"username\":\"mover\",\"password\":\"pw\",\"host\":\"" + proxy.host() + "\",\"port\":" + proxy.port()
                + ",\"dbname\":\"postgres\"}";
    }

    private static Database open(Path secret) throws SQLException {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_SECRET_FILE", secret.toString());
        environment.put("DB_MAXIMUM_POOL_SIZE", "8");
        environment.put("DB_CONNECTION_TIMEOUT", "60s");
        return Databases.builder().environment(environment).open();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(mount.resolve(name), content);
    }

    private void swap(String user, String password) throws IOException {
        Path version = Files.createDirectory(mount.resolve("..2026_" + versions++));
        Files.writeString(version.resolve("username"), user + "\n");
        Files.writeString(version.resolve("password"), password + "\n");
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), version.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String field : List.of("username", "password")) {
            if (!Files.exists(mount.resolve(field))) {
                Files.createSymbolicLink(mount.resolve(field), Path.of("..data", field));
            }
        }
    }

    private static int sessions(String role) {
        return Integer.parseInt(server.query("select count(*) from pg_stat_activity where usename = '" + role + "'")
                .get(0));
    }

    private static int refusedLogins(String role) {
        return server.log().split("password authentication failed for user \"" + role + "\"", -1).length - 1;
    }
}
