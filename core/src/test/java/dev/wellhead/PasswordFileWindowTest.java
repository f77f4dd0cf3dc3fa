package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/**
 * Rotations of a mounted password in which the server and the file change at different times, while connections end all
 * the time. No borrow may fail if both have the same password again before connectionTimeout is over.
 */
@Timeout(300)
class PasswordFileWindowTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static PostgresServer server;

    private TestDatabase app;
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

    @BeforeEach
    void mountSecret() throws IOException {
        app = TestDatabase.on(server, "password-0");
        Files.createSymbolicLink(mount.resolve("..data"), version("password-0"));
        Files.createSymbolicLink(mount.resolve("password"), Path.of("..data", "password"));
    }

    @Test
    void roleFirst_windowShorterThanTheTimeout_failsNoBorrow() throws Exception {
        try (LogCapture log = LogCapture.start();
                Database database = open();
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            app.setPassword("password-1");
            load.awaitOutage(WINDOW, server::terminateSessions);
            int refused = refusedLogins();

            swap("password-1");

            load.awaitRecovery("password file 2 s after the role");
            assertThat(load.failedBorrows()).isEmpty();
            // the refused password is not sent again and again while the file is watched
            assertThat(refused).isLessThanOrEqualTo(8);
            assertThat(log.messages(Level.WARN)).noneMatch(message -> message.startsWith("Database 'default'"));
        }
    }

    @Test
    void fileFirst_window_failsNoBorrow() throws Exception {
        try (Database database = open();
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            swap("password-1");
            server.terminateSessions();
            load.awaitBorrows(200);

            app.setPassword("password-1");

            load.awaitRecovery("password file before the role");
            load.awaitBorrows(200);
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    /** As Kubernetes updates a mounted secret. */
    @Test
    void manySwaps_eitherOrderUnderLoad_failNoBorrow() throws Exception {
        try (Database database = open();
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            for (int i = 1; i <= 50; i++) {
                String next = "password-" + i;
                if (i % 2 == 0) {
                    swap(next);
                    app.setPassword(next);
                } else {
                    app.setPassword(next);
                    swap(next);
                }
                load.awaitBorrows(8);
            }

            load.awaitRecovery("50 swaps of a mounted secret");
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    private Database open() throws SQLException {
        return Databases.builder()
                .environment(app.environment(
                        "DB_PASSWORD_FILE",
                        mount.resolve("password").toString(),
                        "DB_MAXIMUM_POOL_SIZE",
                        "8",
                        "DB_CONNECTION_TIMEOUT",
                        "60s"))
                .open();
    }

    private Path version(String password) throws IOException {
        Path directory = Files.createDirectory(mount.resolve("..2026_" + versions++));
        Files.writeString(directory.resolve("password"), password + "\n");
        return directory.getFileName();
    }

    private void swap(String password) throws IOException {
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), version(password));
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private int refusedLogins() {
        return server.log().split("password authentication failed for user \"" + app.role() + "\"", -1).length - 1;
    }
}
