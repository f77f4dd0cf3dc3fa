package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.internal.connect.PgBouncer;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rotations of a password file behind a real PgBouncer, which reads the passwords of its clients from the server. */
@Timeout(120)
class PoolerRotationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** PgBouncer logs in to it with the hash of the password that it reads from it. */
    private static PostgresServer server;

    private final AtomicInteger refusals = new AtomicInteger();

    @TempDir
    private Path pooler;

    @TempDir
    private Path secrets;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(PgBouncer.isInstalled(), "pgbouncer is not installed");
        server = PostgresServer.builder().hba("host all all 127.0.0.1/32 md5").start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Connections are evicted all the time, so every borrow needs a login. */
    @ParameterizedTest(name = "auth_type {0}, server first: {1}")
    @CsvSource({
        "scram-sha-256, true",
        "scram-sha-256, false",
        "md5, true",
        "plain, true",
    })
    void rotation_underLoad_failsNoBorrow(String type, boolean serverFirst) throws Exception {
        // only a SCRAM login has what PgBouncer needs to log in with a SCRAM secret
        String encryption = type.equals("plain") ? "md5" : type;
        server.execute("ALTER SYSTEM SET password_encryption = '" + encryption + "'", "SELECT pg_reload_conf()");
        Await.until(SOON, () -> server.query("SHOW password_encryption").equals(List.of(encryption)));
        TestDatabase app = TestDatabase.on(server, "password-0");
        Path file = Files.writeString(secrets.resolve("password"), "password-0");
        try (PgBouncer bouncer = bouncer(type);
                Database database = open(app, bouncer, file)) {
            Await.until(
                    SOON,
                    () -> database.unwrap(HikariDataSource.class)
                                    .getHikariPoolMXBean()
                                    .getTotalConnections()
                            == 2);
            Load load = new Load(database, 4);
            try {
                load.start();
                for (int rotation = 1; rotation <= 2; rotation++) {
                    String next = "password-" + rotation;
                    if (serverFirst) {
                        app.setPassword(next);
                        evictAll(database);
                        // a window in which every new login is refused
                        int before = refusals.get();
                        Await.until(SOON, "a refused login", () -> refusals.get() > before);
                        swap(file, next);
                    } else {
                        swap(file, next);
                        evictAll(database);
                        load.awaitMoreBorrows(50);
                        app.setPassword(next);
                    }
                    evictAll(database);
                    load.awaitMoreBorrows(100);
                }
            } finally {
                load.stop();
            }
            assertThat(load.failures).isEmpty();
        }
    }

    private PgBouncer bouncer(String type) throws IOException {
        return PgBouncer.start(
                pooler,
                // without another user, which PgBouncer 1.18 cannot combine with auth_query
                List.of("* = host=127.0.0.1 port=" + server.port()),
                "auth_type = " + type,
                "auth_user = postgres",
                "auth_query = SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = $1");
    }

    private Database open(TestDatabase app, PgBouncer bouncer, Path file) throws SQLException {
        return Databases.builder()
                .environment(app.environment(
                        "127.0.0.1",
                        bouncer.port(),
                        "DB_POOLER",
                        "pgbouncer",
                        "DB_PASSWORD_FILE",
                        file.toString(),
                        "DB_MAXIMUM_POOL_SIZE",
                        "2",
                        "DB_CONNECTION_TIMEOUT",
                        "10s"))
                .listener(new DatabaseListener() {
                    @Override
                    public void connectionFailed(ConnectionFailed failed) {
                        if (failed.failure() == FailureKind.CREDENTIALS_REFUSED) {
                            refusals.incrementAndGet();
                        }
                    }
                })
                .open();
    }

    private static void evictAll(Database database) throws SQLException {
        database.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    private static void swap(Path file, String password) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), password);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
