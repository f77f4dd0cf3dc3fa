package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.Database;
import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.Evidence;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.HeapDump;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.tls.SslMode;
import dev.wellhead.tls.TrustAnchors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tokens open sessions on real servers that, like RDS, request a cleartext password, but only over TLS. */
class IamLoginTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Our CA");
    private static final List<String> SENSITIVE = List.of(
            SignatureV4.SESSION.secretAccessKey(), "IQoJb3JpZ2luX2VjEXAMPLE", "X-Amz-Signature=", "Action=connect");

    /** Writes requests without their signature at DEBUG, as docs/security.md states. */
    private static final String SIGNER = "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner";

    private static PostgresServer server = start();

    @TempDir
    private static Path directory;

    private static Path root = Path.of("");

    private final MovableClock clock = new MovableClock(NOON);
    private final TestIdentities identities = TestIdentities.of(SignatureV4.SESSION);
    private final RecordedEvents events = new RecordedEvents();
    private final LogCapture log = LogCapture.start();

    private static PostgresServer start() {
        IssuedCertificate certificate = AUTHORITY.server("localhost", "127.0.0.1");
        return PostgresServer.builder()
                .tls(certificate)
                .hba("hostssl all app all password")
                .start();
    }

    @BeforeAll
    static void writeRoot() {
        root = AUTHORITY.writeTo(directory.resolve("root.crt"));
        server.createRole("app", "nothing yet");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void acceptTheTokenOfNoon() {
        accept(server, SignatureV4.SESSION, NOON);
    }

    @AfterEach
    void nothingSensitiveWasLogged() {
        log.close();
        assertThat(log.events())
                .filteredOn(event -> !event.logger().equals(SIGNER))
                .filteredOn(event -> SENSITIVE.stream().anyMatch(event.toString()::contains))
                .isEmpty();
        assertThat(log.events())
                .as("a signature, without which a token is useless")
                .filteredOn(event -> event.toString().contains("X-Amz-Signature="))
                .isEmpty();
    }

    private static void accept(PostgresServer where, SignatureV4 keys, Instant signedAt) {
        where.setPassword("app", keys.token("127.0.0.1", where.port(), "app", "eu-west-1", signedAt));
    }

    private IamTokens tokens() {
        TokenRegion region = new TokenRegion("eu-west-1", "DB_IAM_REGION", () -> {
            throw SdkClientException.create("not asked");
        });
        return new IamTokens(
                "app", new RdsTokens("app", region, SignedTarget.SAME), identities.identity(), clock, clock);
    }

    private DatabaseBuilder database(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ENVIRONMENT", "local",
                "DB_AUTH", "iam",
                "DB_USER", "app",
                "DB_NAME", "postgres",
                "DB_HOST", "127.0.0.1",
                "DB_PORT", Integer.toString(server.port()),
                "DB_SSLROOTCERT", root.toString(),
                "DB_MAXIMUM_POOL_SIZE", "3",
                "DB_MINIMUM_IDLE", "0"));
        for (String variable : more) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return Databases.builder()
                .environment(environment)
                .credentials(tokens())
                .listener(events);
    }

    @Test
    void open_token_opensASessionOverVerifiedTls() throws SQLException {
        try (Database database = database().open();
                Connection connection = database.getConnection()) {
            assertThat(database.settings().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
            assertThat(tlsOf(connection)).isEqualTo("app TLSv1.3");
        }
        assertThat(identities.isClosed()).isTrue();
    }

    @Test
    void open_token_isInNoExceptionAttributeThreadNameOrProperties() throws Exception {
        Evidence evidence = new Evidence();
        try (Database database = database("DB_REGISTER_MBEANS=true").open();
                Connection connection = database.getConnection()) {
            evidence.addObject("database", database);
            evidence.addObject("connection", connection);
            evidence.addMBeans();
            evidence.addThreads();
            assertThat(HeapDump.propertiesThatHold("X-Amz-Signature=", directory))
                    .isEmpty();
        }
        clock.setBack(Duration.ofSeconds(20));
        evidence.addThrowable("exception", failure(database()));

        evidence.texts().forEach((where, text) -> assertThat(text).as(where).doesNotContain(SENSITIVE));
        assertThat(evidence.texts()).containsKeys("database", "connection", "JMX", "thread names", "exception");
    }

    @Test
    void open_anchorsOfAProvider_verifyTheServerInTheHandshake() throws SQLException {
        DatabaseBuilder ours = Databases.builder()
                .environment(Map.of(
                        "DB_AUTH", "iam",
                        "DB_USER", "app",
                        "DB_NAME", "postgres",
                        "DB_HOST", "127.0.0.1",
                        "DB_PORT", Integer.toString(server.port())))
                .credentials(tokens());
        CertificateAuthority other = CertificateAuthority.create("Other CA");

        try (Database database = ours.trustAnchors(host -> Optional.of(TrustAnchors.ofFile(root)))
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(database.settings().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
            assertThat(tlsOf(connection)).isEqualTo("app TLSv1.3");
        }
        TrustAnchors others = TrustAnchors.ofFile(other.writeTo(directory.resolve("other.crt")));
        ConnectionFailedException refused =
                failure(database("DB_SSLROOTCERT=").trustAnchors(host -> Optional.of(others)));
        assertThat(refused.kind()).isEqualTo(FailureKind.TLS_UNTRUSTED);
    }

    @Test
    void acquire_afterTheTokensTime_logsInAnewWithoutARotation() throws SQLException {
        try (Database database = database().open();
                Connection first = database.getConnection()) {
            clock.elapse(Duration.ofSeconds(870));
            accept(server, SignatureV4.SESSION, NOON.plusSeconds(870));

            try (Connection second = database.getConnection()) {
                assertThat(tlsOf(second)).isEqualTo("app TLSv1.3");
            }
            // the session outlives the token that opened it
            assertThat(tlsOf(first)).isEqualTo("app TLSv1.3");
            assertThat(database.refreshCredentials()).isFalse();
        }
        assertThat(events.rotations()).isEmpty();
        assertThat(log.messages(Level.INFO)).noneMatch(message -> message.contains("retire"));
    }

    @Test
    void acquire_refusedToken_isReplacedInTheSameAttempt() throws SQLException {
        try (Database database = database().open();
                Connection first = database.getConnection()) {
            clock.elapse(Duration.ofSeconds(5));
            accept(server, SignatureV4.SESSION, NOON.plusSeconds(5));

            try (Connection second = database.getConnection()) {
                assertThat(tlsOf(second)).isEqualTo(tlsOf(first));
            }
        }
        assertThat(events.failures()).containsExactly(FailureKind.CREDENTIALS_REFUSED);
        assertThat(events.rotations()).isEmpty();
    }

    @Test
    void acquire_sessionThatExpired_signsWithTheNextOne() throws SQLException {
        identities.become(TestIdentities.identity(SignatureV4.SESSION, NOON.plusSeconds(60)));
        SignatureV4 next = new SignatureV4("ASIAEXAMPLENEXT", "next/secret/EXAMPLEKEY", "next-session-EXAMPLE");

        try (Database database = database().open();
                Connection first = database.getConnection()) {
            identities.become(TestIdentities.identity(next, NOON.plusSeconds(3600)));
            clock.elapse(Duration.ofSeconds(60));
            accept(server, next, NOON.plusSeconds(60));

            try (Connection second = database.getConnection()) {
                assertThat(tlsOf(second)).isEqualTo(tlsOf(first));
            }
        }
        assertThat(events.failures()).isEmpty();
    }

    @Test
    void open_refusedToken_isExplainedWithAdvice() {
        clock.setBack(Duration.ofSeconds(20));

        ConnectionFailedException refused = failure(database());

        assertThat(refused.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        assertThat(String.valueOf(refused.getMessage()).lines())
                .containsExactly(
                        "Cannot connect to 127.0.0.1:" + server.port()
                                + ": it refused the password of user 'app', or has no"
                                + " such user (RDS IAM authentication).",
                        "  From: RDS IAM authentication",
                        "  The token is signed for '127.0.0.1', which is not the name of an RDS endpoint. RDS refuses a"
                                + " token for an alias or a tunnel. Set DB_IAM_HOST to the name of the endpoint.",
                        "  Check that the role can log in with tokens: GRANT rds_iam TO \"app\".",
                        "  Check that the IAM policy of this service allows rds-db:connect for user 'app' of this"
                                + " database in region eu-west-1.",
                        "  Check the clock of this machine: the token was signed at 2026-11-23T11:59:40Z and is valid"
                                + " for 15 minutes from then.");
    }

    @Test
    void open_withoutAwsCredentials_failsOnceWithAnExplanation() {
        identities.fail(SdkClientException.create("Unable to load credentials"));

        ConnectionFailedException none = failure(database());

        assertThat(none.kind()).isEqualTo(FailureKind.CREDENTIALS_UNAVAILABLE);
        assertThat(none.getMessage())
                .isEqualTo("No authentication token can be signed for user 'app'. There are no AWS credentials."
                        + System.lineSeparator()
                        + "  Give the service a role (task role, instance profile, IRSA with software.amazon.awssdk:sts on the"
                        + " class path), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        assertThat(identities.isClosed()).isTrue();
    }

    @Test
    void reader_onAnotherServer_logsInWithATokenOfItsOwn() throws SQLException {
        try (PostgresServer replica = start()) {
            replica.createRole("app", "nothing yet");
            accept(replica, SignatureV4.SESSION, NOON);

            try (Database database = database("DB_READER_HOST=127.0.0.1", "DB_READER_PORT=" + replica.port())
                            .open();
                    Connection writer = database.getConnection();
                    Connection reader = database.reader().getConnection()) {
                assertThat(portOf(writer)).isEqualTo(server.port());
                assertThat(portOf(reader)).isEqualTo(replica.port());
            }
        }
        assertThat(events.failures()).isEmpty();
    }

    @Test
    void hostList_firstServerDown_takesTheTokenOfTheSecond() throws SQLException {
        String ports = FreePort.find() + "," + server.port();

        try (Database database = database("DB_HOST=127.0.0.1,127.0.0.1", "DB_PORT=" + ports)
                        .open();
                Connection connection = database.getConnection()) {
            assertThat(portOf(connection)).isEqualTo(server.port());
        }
    }

    private static ConnectionFailedException failure(DatabaseBuilder builder) {
        return catchThrowableOfType(
                ConnectionFailedException.class, () -> builder.open().close());
    }

    private static String tlsOf(Connection connection) throws SQLException {
        return first(
                connection,
                "SELECT usename || ' ' || version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE pid = pg_backend_pid()");
    }

    private static int portOf(Connection connection) throws SQLException {
        return Integer.parseInt(first(connection, "SELECT inet_server_port()"));
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static final class RecordedEvents implements DatabaseListener {

        private final List<String> rotations = new ArrayList<>();
        private final List<FailureKind> failures = new ArrayList<>();

        synchronized List<String> rotations() {
            return List.copyOf(rotations);
        }

        synchronized List<FailureKind> failures() {
            return List.copyOf(failures);
        }

        @Override
        public synchronized void rotationProven(RotationProven event) {
            rotations.add(event.label());
        }

        @Override
        public synchronized void connectionFailed(ConnectionFailed event) {
            failures.add(event.failure());
        }
    }
}
