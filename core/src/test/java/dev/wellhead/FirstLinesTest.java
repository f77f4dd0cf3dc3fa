package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/**
 * The first line of a failed start, for the most frequent mistakes. Lists of log lines and alerts show only that line, so
 * it has what is wrong, the server or the value, and the setting. The missing permission of a secret is in
 * {@code SecretErrorsTest} of module aws.
 */
class FirstLinesTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Shop CA");
    private static final IssuedCertificate CERTIFICATE = AUTHORITY.server("db.internal");
    private static final IssuedCertificate EXPIRED = AUTHORITY.expiredServer("127.0.0.1");

    @TempDir
    private static Path directory;

    private static PostgresServer tls;
    private static String root;

    private final PostgresServer server = PostgresServer.shared();
    private final String cannot = "Cannot connect to 127.0.0.1:" + server.port() + ": ";

    @BeforeAll
    static void startServer() {
        tls = PostgresServer.builder().tls(CERTIFICATE).start();
        root = AUTHORITY.writeTo(directory.resolve("root.crt")).toString();
    }

    @AfterAll
    static void stopServer() {
        tls.close();
    }

    @Test
    void wrongHost_inTheUrl() {
        assertThat(firstLine("DATABASE_URL", "postgresql://app:x@db.invalid/shop"))
                .isEqualTo("Cannot connect to db.invalid:5432: the host name does not resolve (host in DATABASE_URL).");
    }

    @Test
    void wrongHost_inItsVariable() {
        assertThat(firstLine("DB_HOST", "db.invalid"))
                .isEqualTo("Cannot connect to db.invalid:5432: the host name does not resolve (DB_HOST).");
    }

    @Test
    void wrongPort_inTheUrl() {
        int port = FreePort.find();

        assertThat(firstLine("DATABASE_URL", "postgresql://postgres:x@127.0.0.1:" + port + "/postgres"))
                .isEqualTo("Cannot connect to 127.0.0.1:" + port
                        + ": nothing listens on this port (host and port in DATABASE_URL).");
    }

    @Test
    void wrongPort_inItsVariable() {
        int port = FreePort.find();

        assertThat(firstLine("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(port)))
                .isEqualTo(
                        "Cannot connect to 127.0.0.1:" + port + ": nothing listens on this port (DB_HOST, DB_PORT).");
    }

    @Test
    void wrongDatabase_inTheUrl() {
        assertThat(firstLine("DATABASE_URL", url("postgres", PostgresServer.SUPERUSER_PASSWORD, "shpo")))
                .isEqualTo(cannot + "it has no database 'shpo' (database name in DATABASE_URL).");
    }

    @Test
    void wrongUser_inTheUrl() {
        assertThat(firstLine("DATABASE_URL", url("ap", "x", "postgres")))
                .isEqualTo(cannot + "it refused the password of user 'ap', or has no such user (user and password in"
                        + " DATABASE_URL).");
    }

    @Test
    void wrongPassword_inItsVariable() {
        assertThat(firstLine("DATABASE_URL", url("postgres", "", "postgres"), "DB_PASSWORD", "wrong"))
                .isEqualTo(cannot + "it refused the password of user 'postgres', or has no such user (user in"
                        + " DATABASE_URL, DB_PASSWORD).");
    }

    @Test
    void wrongPassword_inAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "wrong");

        assertThat(firstLine("DATABASE_URL", url("postgres", "", "postgres"), "DB_PASSWORD_FILE", file.toString()))
                .isEqualTo(cannot + "it refused the password of user 'postgres', or has no such user (user in"
                        + " DATABASE_URL, DB_PASSWORD_FILE).");
    }

    @Test
    void tlsOff_onTheServer() {
        assertThat(firstLine("DATABASE_URL", url("postgres", "x", "postgres") + "?sslmode=require"))
                .isEqualTo(cannot + "it does not support TLS, and sslmode is 'require' (sslmode in DATABASE_URL).");
    }

    @Test
    void tlsOff_onTheClient() {
        try (PostgresServer strict = PostgresServer.builder()
                .tls(CERTIFICATE)
                .hba("hostssl all all all scram-sha-256")
                .start()) {
            assertThat(firstLine(
                            "DATABASE_URL",
                            "postgresql://postgres:x@127.0.0.1:" + strict.port() + "/postgres?sslmode=disable"))
                    .isEqualTo(
                            "Cannot connect to 127.0.0.1:" + strict.port() + ": it does not permit this login without"
                                    + " TLS: no pg_hba.conf entry for host \"127.0.0.1\", user \"postgres\", database"
                                    + " \"postgres\", no encryption (user, database name and sslmode in DATABASE_URL).");
        }
    }

    @Test
    void certificate_ofAnUntrustedAuthority() {
        String other = CertificateAuthority.create("Other CA")
                .writeTo(directory.resolve("other.crt"))
                .toString();

        assertThat(firstLine("DATABASE_URL", tlsUrl("sslmode=verify-ca"), "DB_SSLROOTCERT", other))
                .isEqualTo("Cannot connect to 127.0.0.1:" + tls.port()
                        + ": its certificate was issued by 'CN=Shop CA', which is not trusted (sslmode in"
                        + " DATABASE_URL, DB_SSLROOTCERT).");
    }

    @Test
    void certificate_expired() {
        try (PostgresServer expired = PostgresServer.builder().tls(EXPIRED).start()) {
            assertThat(firstLine(
                            "DATABASE_URL",
                            "postgresql://postgres:x@127.0.0.1:" + expired.port() + "/postgres?sslmode=verify-full",
                            "DB_SSLROOTCERT",
                            root))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + expired.port() + ": its certificate expired on "
                            + EXPIRED.certificate().getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS)
                            + " (sslmode in DATABASE_URL, DB_SSLROOTCERT).");
        }
    }

    @Test
    void certificate_forAnotherName() {
        assertThat(firstLine("DATABASE_URL", tlsUrl("sslmode=verify-full"), "DB_SSLROOTCERT", root))
                .isEqualTo("Cannot connect to 127.0.0.1:" + tls.port()
                        + ": its certificate is for db.internal, not for '127.0.0.1' (host and sslmode in"
                        + " DATABASE_URL).");
    }

    @Test
    void tooManyConnections_ofTheRole() throws Exception {
        server.createRole("busy_first_line", "x");
        server.execute("ALTER ROLE busy_first_line CONNECTION LIMIT 1");
        String url = url("busy_first_line", "x", "postgres");
        try (Database database = Databases.builder()
                        .environment(Map.of("DATABASE_URL", url, "DB_MAXIMUM_POOL_SIZE", "1"))
                        .open();
                Connection only = database.getConnection()) {
            assertThat(only.isValid(5)).isTrue();
            assertThat(firstLine("DATABASE_URL", url, "DB_MAXIMUM_POOL_SIZE", "20"))
                    .isEqualTo(cannot + "it has no free connection: too many connections for role \"busy_first_line\""
                            + " (DB_MAXIMUM_POOL_SIZE).");
        }
    }

    @Test
    void missingVariable_inAStrictEnvironment() {
        assertThat(firstLine("ENVIRONMENT", "production", "DATABASE_URL", "postgresql://app@db.internal/shop"))
                .isEqualTo("Cannot open the database: There is no password for user 'app': DB_PASSWORD is not set.");
    }

    @Test
    void missingPasswordFile() {
        assertThat(firstLine("DB_HOST", "127.0.0.1", "DB_PASSWORD_FILE", "/run/secrets/nowhere"))
                .isEqualTo("DB_PASSWORD_FILE (/run/secrets/nowhere) does not exist.");
    }

    @Test
    void directoryInPlaceOfThePasswordFile() {
        assertThat(firstLine("DB_HOST", "127.0.0.1", "DB_PASSWORD_FILE", directory.toString()))
                .isEqualTo("DB_PASSWORD_FILE (" + directory + ") is a directory.");
    }

    @Test
    void emptyPasswordFile() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), "");

        assertThat(firstLine("DB_HOST", "127.0.0.1", "DB_PASSWORD_FILE", file.toString()))
                .isEqualTo("DB_PASSWORD_FILE (" + file + ") is empty.");
    }

    /** The pool that is open logs the same line when its server goes away. */
    @Test
    void runningPool_logsTheSameFirstLine() throws Exception {
        try (PostgresServer own = PostgresServer.start();
                LogCapture log = LogCapture.start();
                Database database = Databases.builder()
                        .environment(Map.of(
                                "DATABASE_URL",
                                "postgresql://postgres:" + PostgresServer.SUPERUSER_PASSWORD + "@127.0.0.1:"
                                        + own.port() + "/postgres",
                                "DB_CONNECTION_TIMEOUT",
                                "1s"))
                        .open()) {
            own.stop();
            String first =
                    "Database 'default' cannot open new connections: Cannot connect to 127.0.0.1:" + own.port() + ": ";

            // a connection that has just ended can be borrowed once more
            Await.until(Duration.ofMinutes(1), () -> {
                Throwable unused = catchThrowable(() -> database.getConnection().close());
                return log.messages(Level.WARN).stream().anyMatch(message -> message.startsWith(first));
            });
            assertThat(log.messages(Level.WARN))
                    .filteredOn(message -> message.startsWith(first))
                    .hasSize(1);
        }
    }

    private String url(String user, String password, String database) {
        return "postgresql://" + user + (password.isEmpty() ? "" : ":" + password) + "@127.0.0.1:" + server.port() + "/"
                + database;
    }

    private static String tlsUrl(String parameters) {
        return "postgresql://postgres:x@127.0.0.1:" + tls.port() + "/postgres?" + parameters;
    }

    private static String firstLine(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        Throwable failure = catchThrowable(
                () -> Databases.builder().environment(environment).open().close());
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
