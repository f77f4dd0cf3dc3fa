package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.Evidence;
import dev.wellhead.testkit.HeapDump;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The life of a database whose password is in a secret. Exceptions with their causes, JMX, thread names, the objects
 * that an application sees and the {@link java.util.Properties} of the heap contain no sensitive value. The logs are
 * the subject of {@link SecretsInLogsTest}.
 */
@Timeout(300)
class SensitiveAwsValuesTest {

    private static final String ID = "prod/ledger";
    private static final String FIRST = "First0Planted0Password0Never0Shown";
    private static final String SECOND = "Second0Planted0Password0Never0Shown";
    private static final String KEY = "Planted0Key0Never0Shown";
    private static final String SESSION = "Planted0Session0Never0Shown";
    private static final List<String> PLANTED = List.of(FIRST, SECOND, KEY, SESSION);

    private final PostgresServer postgres = PostgresServer.shared();
    private final Evidence evidence = new Evidence();
    private SecretsManagerServer store;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        store = SecretsManagerServer.start();
        postgres.createRole("aws_planted", FIRST);
        postgres.setPassword("aws_planted", FIRST);
        store.put(ID, RotatingSecrets.login("aws_planted", FIRST));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private Database open() throws SQLException {
        return Databases.builder()
                .environment(Map.of(
                        "ENVIRONMENT", "test",
                        "DB_HOST", postgres.host(),
                        "DB_PORT", Integer.toString(postgres.port()),
                        "DB_NAME", "postgres",
                        "DB_SSLMODE", "disable",
                        "DB_REGISTER_MBEANS", "true",
                        "DB_CONNECTION_TIMEOUT", "4s",
                        "DB_MAXIMUM_POOL_SIZE", "2"))
                .credentials(RotatingSecrets.follow(
                        ID,
                        store,
                        StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", KEY, SESSION)),
                        Duration.ofMinutes(15)))
                .open();
    }

    @Test
    void database_openedRotatedRefusedAndBroken_showsNoSensitiveValue() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            try (Database database = open()) {
                store.createPending(ID, RotatingSecrets.login("aws_planted", SECOND));
                postgres.setPassword("aws_planted", SECOND);
                replaceAll(database);
                addEvidence(database);
                postgres.setPassword("aws_planted", "another");
                for (Fault answer : List.of(
                        Fault.of("AccessDeniedException"),
                        new Fault(503, FIRST),
                        new Fault(200, "{\"SecretString\":\"" + SECOND),
                        new Fault(400, "{\"__type\":\"" + FIRST + "\",\"message\":\"" + SECOND + "\"}"))) {
                    store.fail(answer);
                    evidence.addThrowable("exception", catchThrowable(() -> replaceAll(database)));
                    evidence.addThrowable("exception", catchThrowable(database::refreshCredentials));
                }
                assertThat(HeapDump.propertiesThatHold(SECOND, directory)).isEmpty();
            }
            store.fail(null);
            for (String text : List.of(
                    FIRST,
                    "{" + FIRST + "}",
                    "{\"username\":\"" + FIRST + "\"}",
                    "{\"username\":\"a\",\"password\":\"" + FIRST + "\",\"port\":\"" + SECOND + "\"}",
                    "postgresql://app:" + FIRST + "%zz@db.example/ledger")) {
                store.put(ID, text);
                evidence.addThrowable("exception", catchThrowable(() -> open().close()));
            }
            evidence.add(
                    "own log",
                    log.events().stream()
                            .filter(event -> event.logger().startsWith("dev.wellhead"))
                            .map(Object::toString)
                            .collect(Collectors.joining("\n")));
        }
        evidence.addThreads();

        evidence.texts().forEach((where, text) -> assertThat(text).as(where).doesNotContain(PLANTED));
        assertThat(evidence.texts()).containsKeys("exception", "JMX", "thread names", "database", "own log");
    }

    private void addEvidence(Database database) throws Exception {
        evidence.addObject("database", database);
        evidence.add("database", database.settings());
        evidence.add("database", database.settings().all());
        evidence.add("database", database.settings().credentialsSource());
        evidence.addObject("HikariCP", database.unwrap(HikariDataSource.class));
        try (Connection connection = database.getConnection()) {
            evidence.addObject("connection", connection);
            evidence.addObject("connection", connection.getMetaData());
        }
        evidence.addMBeans();
        evidence.addThreads();
    }

    /** Ends every connection, so that new ones have to log in. */
    private static void replaceAll(Database database) throws SQLException {
        HikariDataSource hikari = database.unwrap(HikariDataSource.class);
        for (int i = 0; i < 2 * hikari.getMaximumPoolSize(); i++) {
            try (Connection connection = database.getConnection()) {
                hikari.evictConnection(connection);
            }
        }
    }
}
