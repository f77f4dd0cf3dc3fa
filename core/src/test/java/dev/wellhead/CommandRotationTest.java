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
 * Rotations of a password that a program prints, in which the server and the program change at different times, while
 * connections end all the time. No borrow may fail.
 */
@Timeout(300)
class CommandRotationTest {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private static PostgresServer server;

    private TestDatabase app;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createRole() throws IOException {
        app = TestDatabase.on(server, "password-0");
        print("password-0\n");
    }

    @Test
    void roleFirst_programSoonAfterwards_failsNoBorrow() throws Exception {
        try (LogCapture log = LogCapture.start();
                Database database = open();
                RecoveryLoad load = RecoveryLoad.start(database, false)) {
            app.setPassword("password-1");
            load.awaitOutage(WINDOW, server::terminateSessions);

            print("{\"username\": \"" + app.role() + "\", \"password\": \"password-1\"}");

            load.awaitRecovery("a program that prints the password 1 s after the role changed");
            assertThat(load.failedBorrows()).isEmpty();
            assertThat(log.messages(Level.WARN)).noneMatch(message -> message.startsWith("Database 'default'"));
            assertThat(log.text()).doesNotContain("password-0").doesNotContain("password-1");
        }
    }

    @Test
    void programFirst_roleAfterwards_failsNoBorrow() throws Exception {
        try (Database database = open();
                RecoveryLoad load = RecoveryLoad.start(database, true)) {
            print("password-1");
            server.terminateSessions();
            load.awaitBorrows(100);

            app.setPassword("password-1");

            load.awaitRecovery("a program that printed the password before the role changed");
            load.awaitBorrows(100);
            assertThat(load.failedBorrows()).isEmpty();
        }
    }

    @Test
    void refreshCredentials_changedOutput_isProven() throws Exception {
        try (Database database = open()) {
            assertThat(database.refreshCredentials()).isFalse();
            app.setPassword("password-1");
            print("password-1");

            assertThat(database.refreshCredentials()).isTrue();
            TestDatabase.query(database);
        }
    }

    private Database open() throws SQLException {
        return Databases.open(Databases.resolve(app.environment(
                "DB_PASSWORD_COMMAND",
                "cat '" + directory.resolve("printed") + "'",
                "DB_MAXIMUM_POOL_SIZE",
                "4",
                "DB_CONNECTION_TIMEOUT",
                "60s")));
    }

    private void print(String text) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), text);
        Files.move(
                next,
                directory.resolve("printed"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
