package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several databases of one process, some of which cannot be reached. */
@Timeout(120)
class IsolationTest {

    private static final int UNREACHABLE = 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final PostgresServer server = PostgresServer.shared();
    private final TestDatabase app = TestDatabase.on(server, "password-0");
    private final Set<String> rotated = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path directory;

    /**
     * Each unreachable database waits for its server during the whole rotation. One after another, they would take
     * minutes.
     */
    @Test
    void rotation_twentyOtherDatabasesUnreachable_isNotDelayed() throws Exception {
        List<Database> unreachable = new ArrayList<>();
        try (FaultProxy proxy = FaultProxy.to(server);
                Database healthy = database(server.host(), server.port(), "healthy")) {
            for (int i = 0; i < UNREACHABLE; i++) {
                unreachable.add(database(proxy.host(), proxy.port(), "other-" + i));
            }
            int before = proxy.connectionCount();
            proxy.blackHole();
            for (int i = 0; i < UNREACHABLE; i++) {
                Files.writeString(file("other-" + i), "password-1");
            }
            Await.until(SOON, "every proof waits", () -> proxy.connectionCount() >= before + UNREACHABLE);

            app.setPassword("password-1");
            Files.writeString(file("healthy"), "password-1");

            Await.until(SOON, "the healthy database has rotated", () -> rotated.contains("healthy"));
            assertThat(rotated).containsExactly("healthy");
            TestDatabase.query(healthy);
            proxy.pass();
            Await.until(SOON, "the others have rotated", () -> rotated.size() == 1 + UNREACHABLE);
        } finally {
            unreachable.forEach(Database::close);
        }
    }

    private Database database(String host, int port, String name) throws Exception {
        Files.writeString(file(name), "password-0");
        return Databases.builder()
                .environment(app.environment(
                        host,
                        port,
                        "DB_PASSWORD_FILE",
                        file(name).toString(),
                        "DB_POOL_NAME",
                        name,
                        "DB_MAXIMUM_POOL_SIZE",
                        "1"))
                .listener(new DatabaseListener() {
                    @Override
                    public void rotationProven(RotationProven event) {
                        rotated.add(event.pool());
                    }
                })
                .open();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
