package dev.wellhead.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import dev.wellhead.testkit.SecretsManagerServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/**
 * The most frequent mistakes on a real start of an application with JPA, as {@code FirstLinesTest} has them in core: the
 * report has the mistake in its first lines, and the whole output of the start is short.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Shop CA");

    @TempDir
    private static Path directory;

    private static PostgresServer tls;
    private static String root;

    private final PostgresServer server = PostgresServer.shared();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

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
    void wrongHost(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class).variable("DATABASE_URL", "postgresql://app:x@db.invalid/shop"),
                "Cannot connect to db.invalid:5432: the host name does not resolve (host in DATABASE_URL).");
    }

    @Test
    void wrongPort(CapturedOutput output) {
        int port = FreePort.find();

        assertFirstLine(
                output,
                Start.of(Application.class).variable("DB_HOST", "127.0.0.1").variable("DB_PORT", Integer.toString(port)),
                "Cannot connect to 127.0.0.1:" + port + ": nothing listens on this port (DB_HOST, DB_PORT).");
    }

    @Test
    void wrongPort_inApplicationProperties(CapturedOutput output) {
        int port = FreePort.find();

        assertFirstLine(
                output,
                Start.of(Application.class)
                        .argument("wellhead.databases.default.host", "127.0.0.1")
                        .argument("wellhead.databases.default.port", Integer.toString(port)),
                "Cannot connect to 127.0.0.1:" + port + ": nothing listens on this port"
                        + " (wellhead.databases.default.host, wellhead.databases.default.port).");
    }

    @Test
    void wrongDatabase(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", Start.url("postgres", PostgresServer.SUPERUSER_PASSWORD, "shpo")),
                cannot() + "it has no database 'shpo' (database name in DATABASE_URL).");
    }

    @Test
    void wrongUser(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class).variable("DATABASE_URL", Start.url("ap", "x", "postgres")),
                cannot() + "it refused the password of user 'ap', or has no such user (user and password in"
                        + " DATABASE_URL).");
    }

    @Test
    void wrongPassword(CapturedOutput output) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "wrong-pass-word");

        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", Start.url("postgres", "", "postgres"))
                        .variable("DB_PASSWORD_FILE", file.toString()),
                cannot() + "it refused the password of user 'postgres', or has no such user (user in DATABASE_URL,"
                        + " DB_PASSWORD_FILE).");
        assertThat(output.getAll()).doesNotContain("wrong-pass-word");
    }

    @Test
    void tlsOff_onTheServer(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", Start.url("postgres", "x", "postgres") + "?sslmode=require"),
                cannot() + "it does not support TLS, and sslmode is 'require' (sslmode in DATABASE_URL).");
    }

    @Test
    void certificate_ofAnUntrustedAuthority(CapturedOutput output) {
        String other = CertificateAuthority.create("Other CA")
                .writeTo(directory.resolve("other.crt"))
                .toString();

        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", tlsUrl("verify-ca"))
                        .variable("DB_SSLROOTCERT", other),
                "Cannot connect to 127.0.0.1:" + tls.port() + ": its certificate was issued by 'CN=Shop CA', which is"
                        + " not trusted (sslmode in DATABASE_URL, DB_SSLROOTCERT).");
    }

    @Test
    void certificate_expired(CapturedOutput output) {
        try (PostgresServer expired = PostgresServer.builder()
                .tls(AUTHORITY.expiredServer("127.0.0.1"))
                .start()) {
            String first = "Cannot connect to 127.0.0.1:" + expired.port() + ": its certificate expired on ";

            List<String> report = report(
                    output,
                    Start.of(Application.class)
                            .variable(
                                    "DATABASE_URL",
                                    "postgresql://postgres:x@127.0.0.1:" + expired.port()
                                            + "/postgres?sslmode=verify-full")
                            .variable("DB_SSLROOTCERT", root));

            assertThat(report.get(4)).startsWith(first).endsWith("(sslmode in DATABASE_URL, DB_SSLROOTCERT).");
        }
    }

    @Test
    void certificate_forAnotherName(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", tlsUrl("verify-full"))
                        .variable("DB_SSLROOTCERT", root),
                "Cannot connect to 127.0.0.1:" + tls.port() + ": its certificate is for db.internal, not for"
                        + " '127.0.0.1' (host and sslmode in DATABASE_URL).");
    }

    @Test
    void tooManyConnections_ofTheRole(CapturedOutput output) throws Exception {
        server.createRole("busy_at_start", "x");
        server.execute("ALTER ROLE busy_at_start CONNECTION LIMIT 1");
        String url = Start.url("busy_at_start", "x", "postgres");
        try (Database database = Databases.builder()
                        .environment(Map.of("DATABASE_URL", url, "DB_MAXIMUM_POOL_SIZE", "1"))
                        .open();
                Connection only = database.getConnection()) {
            assertThat(only.isValid(5)).isTrue();

            assertFirstLine(
                    output,
                    Start.of(Application.class).variable("DATABASE_URL", url).variable("DB_MAXIMUM_POOL_SIZE", "20"),
                    cannot() + "it has no free connection: too many connections for role \"busy_at_start\""
                            + " (DB_MAXIMUM_POOL_SIZE).");
        }
    }

    @Test
    void missingPermissionForTheSecret(CapturedOutput output) {
        try (SecretsManagerServer store = SecretsManagerServer.start()) {
            store.fail(SecretsManagerServer.Fault.of("AccessDeniedException"));
            Map<String, String> properties = Map.of(
                    "aws.region", "eu-west-1",
                    "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
                    "aws.secretAccessKey", "example",
                    "aws.endpointUrlSecretsManager", store.uri().toString());
            properties.forEach(System::setProperty);
            try {
                assertFirstLine(
                        output,
                        Start.of(Application.class)
                                .variable("DB_SECRET_ID", "prod/shop")
                                .variable("DB_HOST", "db.internal")
                                .variable("DB_NAME", "shop"),
                        "The secret 'prod/shop' (DB_SECRET_ID) could not be read from AWS Secrets Manager in eu-west-1."
                                + " The role of this service is not allowed to read it (AccessDeniedException).");
            } finally {
                properties.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void missingVariable_inAStrictEnvironment(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("ENVIRONMENT", "production")
                        .variable("DATABASE_URL", "postgresql://app@db.internal/shop"),
                "There is no password for user 'app': DB_PASSWORD is not set.");
    }

    @Test
    void missingPasswordFile(CapturedOutput output) {
        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DB_HOST", "127.0.0.1")
                        .variable("DB_PASSWORD_FILE", "/run/secrets/nowhere"),
                "DB_PASSWORD_FILE (/run/secrets/nowhere) does not exist.");
    }

    @Test
    void invalidValue_inAVariable(CapturedOutput output) {
        List<String> report =
                report(output, Start.of(Application.class).variable("DB_PORT", "70000").variable("DB_NAME", "shop"));

        assertThat(report)
                .startsWith(
                        "***************************",
                        "",
                        "Description:",
                        "",
                        "DB_PORT is '70000', which is not a port.",
                        "From: environment variable DB_PORT",
                        "",
                        "Action:",
                        "");
    }

    @Test
    void severalMistakes_areAllNamedInTheFirstLine(CapturedOutput output) {
        List<String> report = report(
                output,
                Start.of(Application.class)
                        .variable("DB_PORT", "70000")
                        .argument("wellhead.databases.default.maximum-pool-sise", "5"));

        assertThat(report)
                .startsWith(
                        "***************************",
                        "",
                        "Description:",
                        "",
                        "2 settings need attention: wellhead.databases.default.maximum-pool-sise, DB_PORT.",
                        "",
                        "1. wellhead.databases.default.maximum-pool-sise is not a setting.",
                        "   From: wellhead.databases.default.maximum-pool-sise (command line)",
                        "2. DB_PORT is '70000', which is not a port.",
                        "   From: environment variable DB_PORT",
                        "",
                        "Action:",
                        "",
                        "1. Did you mean wellhead.databases.default.maximumPoolSize?",
                        "2. Use whole numbers from 1 to 65535 in plain digits, separated by commas.");
    }

    @Test
    void namedDatabase_isReportedInTheSameWay(CapturedOutput output) {
        int port = FreePort.find();

        assertFirstLine(
                output,
                Start.of(Application.class)
                        .variable("DATABASE_URL", Start.url())
                        .variable("LEDGER_DATABASE_URL", "postgresql://a:x@127.0.0.1:" + port + "/ledger")
                        .argument("wellhead.spring.databases", "ledger"),
                "Cannot connect to 127.0.0.1:" + port
                        + ": nothing listens on this port (host and port in LEDGER_DATABASE_URL).");
    }

    private String cannot() {
        return "Cannot connect to 127.0.0.1:" + server.port() + ": ";
    }

    private static String tlsUrl(String sslMode) {
        return "postgresql://postgres:x@127.0.0.1:" + tls.port() + "/postgres?sslmode=" + sslMode;
    }

    private static void assertFirstLine(CapturedOutput output, Start start, String line) {
        assertThat(report(output, start).get(4)).isEqualTo(line);
    }

    /** {@return the lines after the one that says that the application failed to start} */
    private static List<String> report(CapturedOutput output, Start start) {
        int before = output.getAll().length();
        // as an application that configures no logging, in place of the configuration of the tests
        start.argument("logging.config", "classpath:default-logback.xml");
        Throwable failure = catchThrowable(() -> start.run().close());
        List<String> lines = output.getAll().substring(before).lines().toList();
        assertThat(failure).isNotNull();
        assertThat(lines).as("the whole output").contains("APPLICATION FAILED TO START").hasSizeLessThanOrEqualTo(60);
        return lines.subList(lines.indexOf("APPLICATION FAILED TO START") + 1, lines.size());
    }
}
