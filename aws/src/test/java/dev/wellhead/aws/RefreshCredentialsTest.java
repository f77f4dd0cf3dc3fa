package dev.wellhead.aws;

import static dev.wellhead.aws.RotatingSecrets.login;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** {@code Database.refreshCredentials()} with a secret, on a real server. */
@Timeout(120)
class RefreshCredentialsTest {

    private static final String ID = "prod/refreshed";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ROLE = "refreshed";

    private final PostgresServer server = PostgresServer.shared();
    private final LogCapture log = LogCapture.start();
    private SecretsManagerServer store;

    @BeforeEach
    void startStore() {
        store = SecretsManagerServer.start();
        server.execute("drop role if exists " + ROLE);
        server.createRole(ROLE, "pw-1");
        store.put(ID, login(ROLE, "pw-1"));
    }

    @AfterEach
    void stopStore() {
        store.close();
        log.close();
    }

    @Test
    void nothingNew_readsEachChangingLabelOnce() throws SQLException {
        try (Database database = open()) {
            store.forgetCalls();

            assertThat(database.refreshCredentials()).isFalse();

            assertThat(store.calls()).containsExactly("AWSCURRENT", "AWSPENDING");
            assertThat(log.messages(Level.INFO)).noneMatch(message -> message.contains("refused"));
        }
    }

    @Test
    void rotationThatThePendingVersionBridged_isReadFirstAndChangesNothing() throws Exception {
        try (Database database = open()) {
            store.createPending(ID, login(ROLE, "pw-2"));
            server.setPassword(ROLE, "pw-2");
            reconnect(database);
            int refused = refusedLogins();

            store.forgetCalls();
            assertThat(database.refreshCredentials()).isFalse();
            assertThat(store.calls()).containsExactly("AWSCURRENT", "AWSPENDING");

            store.finish(ID);
            store.forgetCalls();
            assertThat(database.refreshCredentials()).isFalse();
            assertThat(store.calls()).containsExactly("AWSCURRENT");
            assertThat(database.refreshCredentials()).isFalse();

            assertThat(refusedLogins()).isEqualTo(refused);
            assertThat(log.messages(Level.INFO))
                    .filteredOn(message -> message.startsWith("The server refused"))
                    .containsExactly(
                            "The server refused the credentials of secret 'prod/refreshed' in eu-west-1; trying"
                                    + " AWSPENDING, version 00000002.");
        }
    }

    @Test
    void completedRotation_isProvenWithOneRead() throws Exception {
        try (Database database = open()) {
            server.setPassword(ROLE, "pw-2");
            store.createPending(ID, login(ROLE, "pw-2"));
            store.finish(ID);
            store.forgetCalls();
            int refused = refusedLogins();

            assertThat(database.refreshCredentials()).isTrue();

            assertThat(store.calls()).containsExactly("AWSCURRENT");
            assertThat(refusedLogins()).isEqualTo(refused);
            assertThat(log.messages(Level.INFO))
                    .contains("Database 'default': found new credentials in secret 'prod/refreshed' in eu-west-1"
                            + " (AWSCURRENT, version 00000002). Trying them.")
                    .noneMatch(message -> message.startsWith("The server refused"));
            assertThat(database.refreshCredentials()).isFalse();
        }
    }

    @Test
    void insideTheWindow_findsThePendingVersion() throws Exception {
        try (Database database = open()) {
            store.createPending(ID, login(ROLE, "pw-2"));
            server.setPassword(ROLE, "pw-2");
            store.forgetCalls();

            assertThat(database.refreshCredentials()).isTrue();

            assertThat(store.calls()).containsExactly("AWSCURRENT", "AWSPENDING");
        }
    }

    @Test
    void pendingVersionThatTheServerDoesNotHaveYet_isNotTried() throws Exception {
        try (Database database = open()) {
            store.createPending(ID, login(ROLE, "pw-2"));
            int refused = refusedLogins();

            assertThat(database.refreshCredentials()).isFalse();

            assertThat(refusedLogins()).isEqualTo(refused);
        }
    }

    @Test
    void sourceThatFails_throwsAndKeepsThePool() throws Exception {
        try (Database database = open()) {
            store.fail(SecretsManagerServer.Fault.of("AccessDeniedException"));

            ConnectionFailedException failed =
                    catchThrowableOfType(ConnectionFailedException.class, database::refreshCredentials);

            assertThat(failed.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
            assertThat(failed.getSQLState()).isEqualTo("28000");
            query(database);
        }
    }

    @Test
    void passwordThatTheServerRefuses_throwsAndKeepsThePool() throws Exception {
        try (Database database = open()) {
            store.put(ID, login(ROLE, "wrong"));

            ConnectionFailedException refused =
                    catchThrowableOfType(ConnectionFailedException.class, database::refreshCredentials);

            assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
            query(database);
            reconnect(database);
        }
    }

    @Test
    void manyTogether_shareOneReadOfEachLabel() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Database database = open()) {
            store.forgetCalls();
            store.delay(Duration.ofMillis(300));
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(database::refreshCredentials));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(1, TimeUnit.MINUTES)).isFalse();
            }
            // a thread that starts only after the others have their result reads again
            assertThat(store.calls().size()).isLessThanOrEqualTo(4);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void roleAtItsConnectionLimit_provesThePasswordAndReplacesTheConnections() throws Exception {
        List<DatabaseListener.RotationCompleted> completed = new ArrayList<>();
        DatabaseListener listener = new DatabaseListener() {
            @Override
            public synchronized void rotationCompleted(RotationCompleted event) {
                completed.add(event);
            }
        };
        server.execute("alter role " + ROLE + " connection limit 2");
        try (Database database = open(listener)) {
            Await.until(SOON, "the pool is full", () -> sessions() == 2);
            server.setPassword(ROLE, "pw-2");
            store.put(ID, login(ROLE, "pw-2"));

            assertThat(database.refreshCredentials()).isTrue();

            assertThat(log.messages(Level.INFO))
                    .anyMatch(message -> message.contains("the server accepted new credentials"))
                    .anyMatch(
                            message -> message.contains("the login that proved the new credentials opened no session.")
                                    && message.contains("too many connections for role"))
                    .noneMatch(message -> message.contains("does not accept"));
            Await.until(SOON, "the older connections are replaced", () -> completed.size() == 1);
            query(database);
        }
    }

    private Database open() throws SQLException {
        return open(new DatabaseListener() {});
    }

    private Database open(DatabaseListener listener) throws SQLException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ENVIRONMENT", "test");
        environment.put("DB_HOST", server.host());
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", "postgres");
        environment.put("DB_SSLMODE", "disable");
        environment.put("DB_MAXIMUM_POOL_SIZE", "2");
        return Databases.builder()
                .environment(environment)
                .credentials(RotatingSecrets.follow(ID, store))
                .listener(listener)
                .open();
    }

    /** Opens new connections in place of those in the pool. */
    private static void reconnect(Database database) throws SQLException {
        database.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        query(database);
    }

    private static void query(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(connection.isValid(30)).isTrue();
        }
    }

    private int sessions() {
        return Integer.parseInt(
                server.query("select count(*)::text from pg_stat_activity where usename = '" + ROLE + "'")
                        .get(0));
    }

    private int refusedLogins() {
        return server.log().split("FATAL:  password authentication failed for user \"" + ROLE, -1).length - 1;
    }
}
