package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdict of {@code doctor}, which is its last line, for the most frequent mistakes: it has what is wrong, the server or
 * the value, and the setting. {@code FirstLinesTest} of core has the same mistakes in the library.
 */
class DoctorFirstLinesTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Shop CA");
    private static final IssuedCertificate EXPIRED = AUTHORITY.expiredServer("127.0.0.1");

    @TempDir
    private static Path directory;

    private static PostgresServer tls;
    private static String root;

    private final PostgresServer server = PostgresServer.shared();
    private final String at = "FAILED: 127.0.0.1:" + server.port();

    @BeforeAll
    static void startServer() {
        tls = PostgresServer.builder().tls(AUTHORITY.server("db.internal")).start();
        root = AUTHORITY.writeTo(directory.resolve("root.crt")).toString();
    }

    @AfterAll
    static void stopServer() {
        tls.close();
    }

    @Test
    void wrongHost() {
        assertThat(verdict("DATABASE_URL", "postgresql://app:x@db.invalid/shop"))
                .isEqualTo("FAILED: db.invalid:5432: the host name does not resolve (host in DATABASE_URL).");
    }

    @Test
    void wrongPort() {
        int port = FreePort.find();

        assertThat(verdict("DATABASE_URL", "postgresql://postgres:x@127.0.0.1:" + port + "/postgres"))
                .isEqualTo("FAILED: 127.0.0.1:" + port + ": nothing listens on this port (host and port in"
                        + " DATABASE_URL).");
    }

    @Test
    void wrongDatabase() {
        assertThat(verdict("DATABASE_URL", url("postgres", PostgresServer.SUPERUSER_PASSWORD, "shpo")))
                .isEqualTo(at + " has no database 'shpo' (database name in DATABASE_URL).");
    }

    @Test
    void wrongUser() {
        assertThat(verdict("DATABASE_URL", url("ap", "x", "postgres")))
                .isEqualTo(at + " refused the password of user 'ap', or has no such user (user and password in"
                        + " DATABASE_URL).");
    }

    @Test
    void wrongPassword() {
        assertThat(verdict("DATABASE_URL", url("postgres", "", "postgres"), "DB_PASSWORD", "wrong"))
                .isEqualTo(at + " refused the password of user 'postgres', or has no such user (user in DATABASE_URL,"
                        + " DB_PASSWORD).");
    }

    @Test
    void tlsOff() {
        assertThat(verdict("DATABASE_URL", url("postgres", "x", "postgres") + "?sslmode=require"))
                .isEqualTo(at + " does not support TLS, and sslmode is 'require' (sslmode in DATABASE_URL).");
    }

    @Test
    void certificate_ofAnUntrustedAuthority() {
        String other = CertificateAuthority.create("Other CA")
                .writeTo(directory.resolve("other.crt"))
                .toString();

        assertThat(verdict("DATABASE_URL", tlsUrl(tls, "verify-ca"), "DB_SSLROOTCERT", other))
                .isEqualTo(
                        "FAILED: 127.0.0.1:" + tls.port() + ": its certificate was issued by 'CN=Shop CA', which is not"
                                + " trusted (sslmode in DATABASE_URL, DB_SSLROOTCERT).");
    }

    @Test
    void certificate_expired() {
        try (PostgresServer expired = PostgresServer.builder().tls(EXPIRED).start()) {
            assertThat(verdict("DATABASE_URL", tlsUrl(expired, "verify-full"), "DB_SSLROOTCERT", root))
                    .isEqualTo("FAILED: 127.0.0.1:" + expired.port() + ": its certificate expired on "
                            + EXPIRED.certificate().getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS)
                            + " (sslmode in DATABASE_URL, DB_SSLROOTCERT).");
        }
    }

    @Test
    void certificate_forAnotherName() {
        assertThat(verdict("DATABASE_URL", tlsUrl(tls, "verify-full"), "DB_SSLROOTCERT", root))
                .isEqualTo(
                        "FAILED: 127.0.0.1:" + tls.port() + ": its certificate is for db.internal, not for '127.0.0.1'"
                                + " (host and sslmode in DATABASE_URL).");
    }

    @Test
    void tooManyConnections() throws Exception {
        server.createRole("busy_verdict", "x");
        server.execute("ALTER ROLE busy_verdict CONNECTION LIMIT 1");
        try (Connection only = DriverManager.getConnection(server.jdbcUrl(), "busy_verdict", "x")) {
            assertThat(only.isValid(5)).isTrue();
            assertThat(verdict("DATABASE_URL", url("busy_verdict", "x", "postgres"), "DB_MAXIMUM_POOL_SIZE", "20"))
                    .isEqualTo(at + " has no free connection: too many connections for role \"busy_verdict\""
                            + " (DB_MAXIMUM_POOL_SIZE).");
        }
    }

    @Test
    void missingSecretPermission() {
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.fail(SecretsManagerServer.Fault.of("AccessDeniedException"));
            Map<String, String> properties = Map.of(
                    "aws.region", "eu-west-1",
                    "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
                    "aws.secretAccessKey", "example",
                    "aws.endpointUrlSecretsManager", store.uri().toString());
            properties.forEach(System::setProperty);
            try {
                assertThat(verdict("DB_SECRET_ID", "prod/shop", "DB_HOST", "db.internal", "DB_NAME", "shop"))
                        .isEqualTo("FAILED: The secret 'prod/shop' (DB_SECRET_ID) could not be read from AWS Secrets"
                                + " Manager in eu-west-1. The role of this service is not allowed to read it"
                                + " (AccessDeniedException).");
            } finally {
                properties.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void missingVariable() {
        assertThat(verdict("ENVIRONMENT", "production", "DATABASE_URL", "postgresql://app@db.internal/shop"))
                .isEqualTo("FAILED: There is no password for user 'app': DB_PASSWORD is not set.");
    }

    @Test
    void missingPasswordFile() {
        assertThat(verdict("DB_HOST", "127.0.0.1", "DB_PASSWORD_FILE", "/run/secrets/nowhere"))
                .isEqualTo("FAILED: DB_PASSWORD_FILE (/run/secrets/nowhere) does not exist.");
    }

    private String url(String user, String password, String database) {
        return "postgresql://" + user + (password.isEmpty() ? "" : ":" + password) + "@127.0.0.1:" + server.port() + "/"
                + database;
    }

    private static String tlsUrl(PostgresServer server, String sslMode) {
        return "postgresql://postgres:x@127.0.0.1:" + server.port() + "/postgres?sslmode=" + sslMode;
    }

    private static String verdict(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        Run run = Run.piped(environment, "doctor");
        List<String> lines = run.out().lines().filter(line -> !line.isBlank()).toList();
        assertThat(run.code()).isNotZero();
        return lines.isEmpty() ? run.err() : lines.get(lines.size() - 1);
    }
}
