package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.connect.PgBouncer;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Long statements whose server cannot be asked about directly: behind a pooler, and behind a name of several servers. */
@Timeout(60)
class LongStatementsTest {

    /** Longer than three checks of {@code DB_SILENCE_CHECK_AFTER=1s}. */
    private static final String SLOW = "select pg_sleep(4)";

    private static PostgresServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest(name = "pool_mode {0}")
    @ValueSource(strings = {"transaction", "session"})
    void statement_behindPgBouncer_isNotTouched(String mode, @TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(PgBouncer.isInstalled(), "pgbouncer is not installed");
        try (LogCapture log = LogCapture.start();
                PgBouncer pooler = pooler(mode, directory);
                Database database = open("127.0.0.1", pooler.port(), "pgbouncer");
                Connection first = database.getConnection();
                Connection second = database.getConnection()) {
            List<Future<String>> answers = runOn(first, second);

            assertThat(answers.get(0).get()).isEmpty();
            assertThat(answers.get(1).get()).isEmpty();
            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    /** The check reaches only one of the two servers, and does not find the statement of the other one there. */
    @Test
    void statement_onPrimaryAndStandbyBehindAName_isNotTouched() throws Exception {
        try (LogCapture log = LogCapture.start();
                PostgresServer other = server.standby();
                FaultProxy balancer = FaultProxy.to(server);
                Database database = open(balancer.host(), balancer.port(), "none");
                Connection first = database.getConnection()) {
            balancer.moveTo(other);
            try (Connection second = database.getConnection()) {
                assertThat(answer(second, "select pg_is_in_recovery()")).isEqualTo("t");
                List<Future<String>> answers = runOn(first, second);

                assertThat(answers.get(0).get()).isEmpty();
                assertThat(answers.get(1).get()).isEmpty();
                assertThat(log.messages(Level.WARN)).isEmpty();
            }
        }
    }

    private List<Future<String>> runOn(Connection first, Connection second) {
        return List.of(threads.submit(() -> answer(first, SLOW)), threads.submit(() -> answer(second, SLOW)));
    }

    private static PgBouncer pooler(String mode, Path directory) throws IOException {
        return PgBouncer.start(
                directory,
                List.of("* = host=127.0.0.1 port=" + server.port()),
                "auth_type = scram-sha-256",
                "pool_mode = " + mode);
    }

    private static Database open(String host, int port, String pooler) throws SQLException {
        return Databases.builder()
                .environment(Map.of(
                        "DB_HOST",
                        host,
                        "DB_PORT",
                        Integer.toString(port),
                        "DB_NAME",
                        "postgres",
                        "DB_USER",
                        PostgresServer.SUPERUSER,
                        "DB_PASSWORD",
                        PostgresServer.SUPERUSER_PASSWORD,
                        "DB_POOLER",
                        pooler,
                        "DB_MAXIMUM_POOL_SIZE",
                        "3",
                        "DB_MINIMUM_IDLE",
                        "1",
                        "DB_SILENCE_CHECK_AFTER",
                        "1s"))
                .open();
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
