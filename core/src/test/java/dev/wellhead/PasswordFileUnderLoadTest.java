package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.BorrowLoad;
import dev.wellhead.testkit.BorrowLoad.Recovery;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes of a password file in a directory like a volume of Kubernetes, which replaces the link {@code ..data}, while
 * the sessions end and the pool has to log in again: no borrow fails.
 */
@Timeout(240)
class PasswordFileUnderLoadTest {

    private static final int SWAPS = 10;

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "password-0");
    private int version;

    @TempDir
    private Path volume;

    @BeforeEach
    void mount() throws IOException {
        swapData("password-0");
        Files.createSymbolicLink(volume.resolve("password"), Path.of("..data", "password"));
    }

    private enum First {
        SERVER,
        FILE
    }

    @ParameterizedTest
    @EnumSource(First.class)
    void change_inEitherOrder_failsNoBorrow(First first) throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            load.awaitUses(50);
            if (first == First.FILE) {
                swapData("password-1");
                endSessions();
                load.awaitUses(100);
                app.setPassword("password-1");
            } else {
                app.setPassword("password-1");
                endSessions();
                swapData("password-1");
            }
            endSessions();
            assertNoFailedBorrow(first + " first", load);
        }
    }

    @Test
    void swaps_repeated_failNoBorrow() throws Exception {
        try (Database database = open();
                BorrowLoad load = BorrowLoad.start(database)) {
            for (int swap = 1; swap <= SWAPS; swap++) {
                load.awaitUses(20);
                app.setPassword("password-" + swap);
                endSessions();
                swapData("password-" + swap);
            }
            assertNoFailedBorrow(SWAPS + " swaps of ..data", load);
        }
    }

    private static void assertNoFailedBorrow(String change, BorrowLoad load) {
        Recovery recovery = load.awaitRecovery();
        load.print("password file, " + change, recovery);
        assertThat(load.failedBorrows()).as(change).isEmpty();
    }

    private void endSessions() {
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + app.role() + "'");
    }

    /** Replaces the whole directory behind the link in one step. */
    private void swapData(String password) throws IOException {
        version++;
        Path data = Files.createDirectory(volume.resolve("..version-" + version));
        Files.writeString(data.resolve("password"), password + "\n");
        Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), data.getFileName());
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Database open() throws SQLException {
        return Databases.builder()
                .environment(app.environment(
                        "DB_PASSWORD_FILE",
                        volume.resolve("password").toString(),
                        "DB_MAXIMUM_POOL_SIZE",
                        "8",
                        "DB_CONNECTION_TIMEOUT",
                        "60s"))
                .open();
    }
}
