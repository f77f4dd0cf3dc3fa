package dev.wellhead.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import dev.wellhead.testkit.SecretsManagerServer.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The log of a rotation: complete lines for operators at INFO, and no sensitive value at any level. */
@Timeout(300)
class SecretsInLogsTest {

    private static final String ID = "prod/ledger";

    /** The loggers of the SDK and the JDK that docs/security.md names, because they can write session tokens. */
    private static final List<String> SESSION_TOKEN_LOGGERS = List.of(
            "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
            "sun.net.www.protocol.http.HttpURLConnection");

    private static final String KEY = "Key0Marker0Never0Shown";
    private static final String SESSION = "Session0Marker0Never0Shown";

    private final PostgresServer postgres = PostgresServer.shared();
    private final List<String> javaLog = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Level rootLevel = root.getLevel();
    private final Handler handler = new Lines();
    private SecretsManagerServer store;

    @BeforeEach
    void listen() throws Exception {
        store = SecretsManagerServer.start();
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(rootLevel);
        root.removeHandler(handler);
        store.close();
    }

    @Test
    void rotation_insideItsWindow_isLoggedInCompleteLines() throws Exception {
        String user = role("told");
        store.put(ID, RotatingSecrets.login(user, password(1)));
        try (LogCapture log = LogCapture.start();
                Database database = open(3, Duration.ofMinutes(15))) {
            awaitFull(database);
            store.createPending(ID, RotatingSecrets.login(user, password(2)));
            postgres.setPassword(user, password(2));

            try (Connection one = database.getConnection()) {
                database.unwrap(HikariDataSource.class).evictConnection(one);
            }
            Await.until(Duration.ofSeconds(30), "done", () -> lines(log).size() >= 3);

            assertThat(lines(log))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "The server refused the credentials of secret 'prod/ledger' in eu-west-1;"
                                                    + " trying AWSPENDING, version 00000002."),
                            line -> assertThat(line)
                                    .matches("Database 'default': the server accepted new credentials from secret"
                                            + " 'prod/ledger' in eu-west-1 \\(AWSPENDING, version 00000002\\)\\. 2 older"
                                            + " connections retire one at a time\\."),
                            line -> assertThat(line)
                                    .matches(
                                            "Database 'default': the rotation of secret 'prod/ledger' in eu-west-1 is complete"
                                                    + " \\(AWSPENDING, version 00000002\\)\\. 2 connections retired in \\d+ ms\\."));
        }
    }

    @Test
    void rotation_foundBeforeALoginIsRefused_isLoggedInCompleteLines() throws Exception {
        String user = role("seen");
        store.put(ID, RotatingSecrets.login(user, password(1)));
        try (LogCapture log = LogCapture.start();
                Database database = open(2, Duration.ofMillis(200))) {
            awaitFull(database);
            store.createPending(ID, RotatingSecrets.login(user, password(2)));
            postgres.setPassword(user, password(2));
            store.finish(ID);

            Await.until(Duration.ofSeconds(30), "done", () -> lines(log).size() >= 3);

            assertThat(lines(log))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "Database 'default': found new credentials in secret 'prod/ledger' in eu-west-1"
                                                    + " (AWSCURRENT, version 00000002). Trying them."),
                            line -> assertThat(line)
                                    .matches("Database 'default': the server accepted new credentials from secret"
                                            + " 'prod/ledger' in eu-west-1 \\(AWSCURRENT, version 00000002\\)\\. 2 older"
                                            + " connections retire one at a time\\."),
                            line -> assertThat(line)
                                    .matches(
                                            "Database 'default': the rotation of secret 'prod/ledger' in eu-west-1 is complete"
                                                    + " \\(AWSCURRENT, version 00000002\\)\\. 2 connections retired in \\d+ ms\\."));
            assertThat(database.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("default");
        }
    }

    @Test
    void everyLog_atItsLowestLevel_holdsNoSensitiveValue() throws Exception {
        String user = role("hidden");
        store.put(ID, RotatingSecrets.login(user, password(1)));
        String written;
        try (LogCapture log = LogCapture.start();
                Database database = open(2, Duration.ofMillis(300))) {
            // a rotation: inside its window, and complete
            store.createPending(ID, RotatingSecrets.login(user, password(2)));
            postgres.setPassword(user, password(2));
            replaceAll(database);
            store.finish(ID);
            // a refused login, and no label has another one
            postgres.setPassword(user, password(3));
            assertThatThrownBy(() -> replaceAll(database)).isInstanceOf(SQLException.class);
            // an outage
            store.fail(new Fault(503, ""));
            assertThatThrownBy(() -> replaceAll(database)).isInstanceOf(SQLException.class);
            written = written(log, SESSION_TOKEN_LOGGERS);
        }

        assertThat(written)
                .contains("com.zaxxer.hikari", "software.amazon.awssdk", "org.postgresql", "dev.wellhead.aws");
        assertHoldsNoSensitiveValue(written);
    }

    /** The SDK itself logs a part of such answers at DEBUG, as docs/security.md states. */
    @Test
    void ownLog_answersThatQuoteTheSecret_holdsNoSensitiveValue() throws Exception {
        String user = role("quoted");
        store.put(ID, RotatingSecrets.login(user, password(1)));
        String written;
        try (LogCapture log = LogCapture.start()) {
            try (Database database = open(2, Duration.ofMinutes(15))) {
                postgres.setPassword(user, password(3));
                for (Fault answer : List.of(
                        new Fault(503, password(1)),
                        new Fault(200, "{\"SecretString\":\"" + password(2)),
                        new Fault(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"" + password(2) + "\"}"))) {
                    store.fail(answer);
                    assertThatThrownBy(() -> replaceAll(database)).isInstanceOf(SQLException.class);
                }
            }
            store.fail(null);
            store.put(
                    ID,
                    "{\"username\":\"" + user + "\",\"password\":\"" + password(3) + "\",\"port\":\"" + password(1)
                            + "\"}");
            assertThatThrownBy(() -> open(2, Duration.ofMinutes(1)).close()).isInstanceOf(SQLException.class);
            written = written(log, List.of("software.amazon.awssdk.", "sun.net.www.protocol.http."));
        }

        assertThat(written).contains("dev.wellhead.");
        assertHoldsNoSensitiveValue(written);
    }

    private static void assertHoldsNoSensitiveValue(String written) {
        for (String value : List.of(password(1), password(2), password(3), KEY, SESSION)) {
            for (String form : List.of(
                    value,
                    Base64.getEncoder().encodeToString(value.getBytes(UTF_8)),
                    HexFormat.of().formatHex(value.getBytes(UTF_8)))) {
                int at = written.indexOf(form);
                assertThat(at < 0 ? "" : written.substring(Math.max(0, at - 300), at))
                        .as(form)
                        .isEmpty();
            }
        }
    }

    /** {@return everything that was logged, except by loggers with one of these prefixes} */
    private String written(LogCapture log, List<String> exceptions) {
        StringBuilder text = new StringBuilder();
        for (LogCapture.Event event : log.events()) {
            if (exceptions.stream().noneMatch(event.logger()::startsWith)) {
                text.append(event).append('\n');
            }
        }
        for (String line : javaLog) {
            if (exceptions.stream().noneMatch(line::startsWith)) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static String password(int number) {
        return "Password" + number + "Marker0Never0Shown";
    }

    private String role(String name) {
        postgres.createRole("aws_log_" + name, password(1));
        return "aws_log_" + name;
    }

    private static void awaitFull(Database database) throws SQLException {
        HikariDataSource hikari = database.unwrap(HikariDataSource.class);
        Await.until(
                Duration.ofSeconds(30),
                "the pool is full",
                () -> hikari.getHikariPoolMXBean().getIdleConnections() == hikari.getMaximumPoolSize());
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

    private static List<String> lines(LogCapture log) {
        return log.events().stream()
                .filter(event -> event.level() == org.slf4j.event.Level.INFO)
                .filter(event -> event.logger().startsWith("dev.wellhead.aws")
                        || event.logger().startsWith("dev.wellhead.internal.pool"))
                .map(LogCapture.Event::message)
                .toList();
    }

    private Database open(int maximumPoolSize, Duration refreshInterval) throws SQLException {
        return Databases.builder()
                .environment(Map.of(
                        "ENVIRONMENT", "test",
                        "DB_HOST", postgres.host(),
                        "DB_PORT", Integer.toString(postgres.port()),
                        "DB_NAME", "postgres",
                        "DB_SSLMODE", "disable",
                        "DB_CONNECTION_TIMEOUT", "5s",
                        "DB_MAXIMUM_POOL_SIZE", Integer.toString(maximumPoolSize)))
                .credentials(RotatingSecrets.follow(
                        ID,
                        store,
                        StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", KEY, SESSION)),
                        refreshInterval))
                .open();
    }

    /** Captures java.util.logging, which the JDK's HTTP client and the driver use. */
    private final class Lines extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            StringWriter line = new StringWriter();
            line.append(record.getLoggerName()).append(' ').append(formatter.formatMessage(record));
            line.append(Arrays.toString(record.getParameters()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(line));
            }
            javaLog.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
