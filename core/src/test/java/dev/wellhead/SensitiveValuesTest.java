package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BlackHole;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.LogCapture;
import dev.wellhead.testkit.PostgresServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A recognisable password goes every way there is: it starts databases, is refused, stands in the wrong place, is
 * rotated. Whatever anybody can see of that, at the lowest level of every logger, must not show it in any form.
 */
@Timeout(120)
class SensitiveValuesTest {

    private static final String USER = "keeper";
    private static final SensitiveForms PASSWORD = SensitiveForms.random(20261123, USER);
    private static final SensitiveForms ROTATED = SensitiveForms.random(20261124, USER);
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");

    /** A TLS alert record: fatal, handshake_failure. */
    private static final String HANDSHAKE_FAILURE = "\u0015\u0003\u0003\u0000\u0002\u0002(";

    private static PostgresServer server;
    private static BlackHole hole;
    private static List<FakeServer> fakes = new ArrayList<>();

    @TempDir
    static Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost"))
                .setting("log_statement", "all")
                .setting("log_connections", "on")
                .hba(
                        "host all fenced all reject",
                        "host all digest all md5",
                        "host all clear all password",
                        "host all all all scram-sha-256")
                .start();
        for (String role : List.of(USER, "clear", "fenced", "crowded")) {
            server.createRole(role, PASSWORD.value());
        }
        server.execute("alter role crowded connection limit 0", "alter role testkit set password_encryption = 'md5'");
        server.createRole("digest", PASSWORD.value());
        server.execute("alter role testkit reset password_encryption");
        server.createRole("rotated", PASSWORD.value());
        for (String role : List.of(USER, "clear", "fenced", "crowded", "rotated")) {
            PASSWORD.addVerifier(verifier(role));
        }
        hole = BlackHole.open();
    }

    @AfterAll
    static void stopServer() {
        fakes.forEach(FakeServer::close);
        hole.close();
        server.close();
    }

    /** A way to say the password. */
    record Way(String name, Map<String, String> environment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() throws Exception {
        String url = "postgresql://" + USER + ":" + encoded(PASSWORD.value()) + "@127.0.0.1:" + server.port();
        Path passwordFile = Files.writeString(directory.resolve("password"), PASSWORD.value() + "\n");
        Path passfile = ownerOnly(Files.writeString(
                directory.resolve("pgpass"),
                "*:*:*:*:" + PASSWORD.value().replace("\\", "\\\\").replace(":", "\\:") + "\n"));
        Path service = Files.writeString(
                directory.resolve("service.conf"),
                "[it]\nhost=127.0.0.1\nport=" + server.port() + "\nuser=" + USER + "\ndbname=postgres\npassword="
                        + PASSWORD.value() + "\n");
        return Stream.of(
                new Way("DB_PASSWORD", here("DB_PASSWORD", PASSWORD.value())),
                new Way(
                        "DB_PASSWORD over TLS",
                        here(
                                "DB_PASSWORD",
                                PASSWORD.value(),
                                "DB_HOST",
                                "localhost",
                                "DB_SSLMODE",
                                "verify-full",
                                "DB_SSLROOTCERT",
                                AUTHORITY.writeTo(directory.resolve("ca.pem")).toString())),
                new Way("DATABASE_URL", Map.of("DATABASE_URL", url + "/postgres")),
                new Way(
                        "DATABASE_URL, percent-encoded throughout",
                        Map.of(
                                "DATABASE_URL",
                                url.replace(encoded(PASSWORD.value()), percent(PASSWORD.value())) + "/postgres")),
                new Way(
                        "DATABASE_URL of JDBC",
                        Map.of(
                                "DATABASE_URL",
                                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=" + USER + "&password="
                                        + encoded(PASSWORD.value()))),
                new Way("DB_PASSWORD_FILE", here("DB_PASSWORD_FILE", passwordFile.toString())),
                new Way("PGPASSWORD", here("PGPASSWORD", PASSWORD.value())),
                new Way("PGPASSFILE", here("PGPASSFILE", passfile.toString())),
                new Way("PGSERVICEFILE", Map.of("PGSERVICE", "it", "PGSERVICEFILE", service.toString())),
                new Way("MD5", here("DB_PASSWORD", PASSWORD.value(), "DB_USER", "digest")),
                new Way("clear text", here("DB_PASSWORD", PASSWORD.value(), "DB_USER", "clear")));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void start_everyWayToSayThePassword_showsItNowhere(Way way) throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            try (Database database = open(way.environment())) {
                look(database, evidence);
            }
            evidence.add("log", log.text());
        }
        assertShowsNothing(evidence);
    }

    /** The pool says most of itself when it has run out and when connections die under it. */
    @Test
    void pool_exhaustedThenBroken_showsThePasswordNowhere() throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start();
                Database database = open(here("DB_PASSWORD", PASSWORD.value(), "DB_CONNECTION_TIMEOUT", "1100ms"))) {
            try (Connection first = database.getConnection();
                    Connection second = database.getConnection()) {
                evidence.addThrowable("exception", catchThrowable(database::getConnection));
                server.terminateSessions();
                for (Connection connection : List.of(first, second)) {
                    evidence.addThrowable(
                            "exception",
                            catchThrowable(() -> connection.createStatement().execute("select 1")));
                }
                Await.until(Duration.ofSeconds(10), () -> log.text().contains("leak"));
            }
            evidence.add("log", log.text());
        }
        assertShowsNothing(evidence);
    }

    /** A way to fail. */
    record Failure(String name, FailureKind kind, Supplier<Map<String, String>> environment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Failure> failures() {
        CertificateAuthority stranger = CertificateAuthority.create("Another CA");
        String trusted = AUTHORITY.writeTo(directory.resolve("trusted.pem")).toString();
        String untrusted = stranger.writeTo(directory.resolve("untrusted.pem")).toString();
        return Stream.of(
                failure(FailureKind.NAME_NOT_RESOLVED, "DB_HOST", "no-such-host.invalid"),
                failure(FailureKind.REFUSED, "DB_PORT", String.valueOf(FreePort.find())),
                failure(FailureKind.TIMED_OUT, "DB_PORT", String.valueOf(hole.port()), "DB_CONNECT_TIMEOUT", "300ms"),
                failure(FailureKind.NETWORK, "DB_PORT", fake(FakeServer.saying(""))),
                failure(
                        FailureKind.TLS_UNTRUSTED,
                        "DB_HOST",
                        "localhost",
                        "DB_SSLMODE",
                        "verify-full",
                        "DB_SSLROOTCERT",
                        untrusted),
                failure(FailureKind.TLS_WRONG_HOST_NAME, "DB_SSLMODE", "verify-full", "DB_SSLROOTCERT", trusted),
                new Failure(
                        "TLS_EXPIRED",
                        FailureKind.TLS_EXPIRED,
                        () -> here(
                                "DB_PASSWORD",
                                PASSWORD.value(),
                                "DB_PORT",
                                String.valueOf(expired().port()),
                                "DB_SSLMODE",
                                "verify-ca",
                                "DB_SSLROOTCERT",
                                trusted)),
                failure(
                        FailureKind.TLS_NOT_SUPPORTED,
                        "DB_PORT",
                        String.valueOf(PostgresServer.shared().port()),
                        "DB_SSLMODE",
                        "require"),
                failure(
                        FailureKind.TLS_FAILED,
                        "DB_PORT",
                        fake(FakeServer.saying("S", HANDSHAKE_FAILURE)),
                        "DB_SSLMODE",
                        "require"),
                failure(FailureKind.CREDENTIALS_REFUSED, "DB_USER", "nobody_here"),
                failure(FailureKind.NOT_ADMITTED, "DB_USER", "fenced"),
                failure(FailureKind.NO_SUCH_DATABASE, "DB_NAME", "nowhere"),
                failure(FailureKind.TOO_MANY_CONNECTIONS, "DB_USER", "crowded"),
                failure(FailureKind.STARTING_UP, "DB_PORT", fake(FakeServer.refusingWith("57P03", "starting up"))),
                failure(FailureKind.WRONG_SERVER_ROLE, "DB_TARGET_SERVER_TYPE", "standby"),
                failure(
                        FailureKind.NOT_POSTGRESQL,
                        "DB_PORT",
                        fake(FakeServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n"))),
                failure(FailureKind.OTHER, "DB_PORT", fake(FakeServer.refusingWith("XX000", "internal error"))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_everyKind_showsThePasswordNowhere(Failure failure) throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            Throwable thrown =
                    catchThrowable(() -> open(failure.environment().get()).close());
            assertThat(kind(thrown)).isEqualTo(failure.kind());
            evidence.addThrowable("exception", thrown);
            evidence.addThreads();
            evidence.add("log", log.text());
        }
        assertShowsNothing(evidence);
    }

    /** Without credentials there is no password to show. */
    @Test
    void failures_kinds_areAllButTheOneWithoutCredentials() {
        Set<FailureKind> produced = EnumSet.noneOf(FailureKind.class);
        failures().forEach(failure -> produced.add(failure.kind()));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(produced))).containsExactly(FailureKind.CREDENTIALS_UNAVAILABLE);
    }

    static Stream<Way> mistakes() throws Exception {
        String value = PASSWORD.value();
        String file =
                Files.writeString(directory.resolve("other-password"), value).toString();
        return Stream.of(
                new Way(
                        "a password in the URL that is not encoded",
                        Map.of("DATABASE_URL", "postgresql://u:" + value + "@h/d")),
                new Way("a password as the URL", Map.of("DATABASE_URL", value)),
                new Way("a password as a scheme's URL", Map.of("DATABASE_URL", "postgresql://" + value)),
                new Way(
                        "a password as an option of the URL",
                        Map.of("DATABASE_URL", "postgresql://h/d?" + encoded(value))),
                new Way("two passwords", here("DB_PASSWORD", value, "DATABASE_URL", "postgresql://u:other@h/d")),
                new Way("two sources of a password", here("DB_PASSWORD", value, "DB_PASSWORD_FILE", file)),
                new Way("a misspelt variable", here("DB_PASSWROD", value)),
                new Way("a password beside problems", here("DB_PASSWORD", value, "DB_SSLMODE", "yes", "DB_PORT", "0")),
                new Way("a key's password that is no use", here("DB_PASSWORD", value, "DB_SSLPASSWORD", value)),
                new Way("a NUL in a password", here("DB_PASSWORD", value + "\0")),
                new Way("no password in a strict environment", Map.of("ENVIRONMENT", "production", "PGPASSWORD", "")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void configuration_mistakesAroundThePassword_showItNowhere(Way way) {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            Throwable thrown = catchThrowable(() -> evidence.add("settings", Databases.resolve(way.environment())));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(ConfigurationException.class);
                evidence.addThrowable("exception", thrown);
                evidence.add("problems", ((ConfigurationException) thrown).problems());
            }
            evidence.add("log", log.text());
        }
        assertShowsNothing(evidence);
    }

    @Test
    void rotation_passwordFile_showsNeitherPassword() throws Exception {
        Path file = Files.writeString(directory.resolve("rotating"), PASSWORD.value());
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            try (Database database = open(here("DB_PASSWORD_FILE", file.toString(), "DB_USER", "rotated"))) {
                server.setPassword("rotated", ROTATED.value());
                ROTATED.addVerifier(verifier("rotated"));
                assertThat(database.refreshCredentials()).isFalse();
                server.terminateSessions();
                Await.until(Duration.ofSeconds(20), "refusal of the old password", () -> {
                    Throwable thrown = catchThrowable(() -> use(database));
                    if (thrown != null) {
                        evidence.addThrowable("exception", thrown);
                    }
                    return thrown != null && kind(thrown) == FailureKind.CREDENTIALS_REFUSED;
                });
                Files.writeString(file, ROTATED.value());
                assertThat(database.refreshCredentials()).isTrue();
                look(database, evidence);
            }
            evidence.add("log", log.text());
        }
        assertShowsNothing(evidence);
    }

    @Test
    void heap_openDatabase_keepsThePasswordOutOfEveryPropertiesTable() throws Exception {
        try (Database database = open(here("DB_PASSWORD", PASSWORD.value()));
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(HeapDump.propertiesThatHold(probe(), directory)).isEmpty();
        }
    }

    private static String probe() {
        return PASSWORD.value().substring(100, 140);
    }

    private static Database open(Map<String, String> environment) throws SQLException {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("DB_CONNECTION_TIMEOUT", "2s");
        all.put("DB_MAXIMUM_POOL_SIZE", "2");
        all.put("DB_VALIDATION_TIMEOUT", "1s");
        all.put("DB_REGISTER_MBEANS", "true");
        all.put("DB_LEAK_DETECTION_THRESHOLD", "2s");
        return Databases.builder().environment(all).open();
    }

    private static void look(Database database, Evidence evidence) throws Exception {
        DatabaseSettings settings = database.settings();
        evidence.add("settings", settings);
        settings.settings().forEach(setting -> evidence.add("settings", setting));
        evidence.add("settings", settings.credentialsSource());
        evidence.add("settings", settings.warnings());
        evidence.addObject("database", database);
        evidence.addObject("database", database.reader());
        evidence.addObject("HikariCP", database.unwrap(HikariDataSource.class));
        try (Connection connection = database.getConnection()) {
            evidence.addObject("connection", connection);
            evidence.addObject("connection", connection.unwrap(org.postgresql.PGConnection.class));
            evidence.addObject("connection", connection.getMetaData());
            evidence.addThrowable(
                    "exception",
                    catchThrowable(() -> connection.createStatement().execute("select wrong")));
        }
        evidence.addMBeans();
        evidence.addThreads();
    }

    private static void assertShowsNothing(Evidence evidence) {
        evidence.add("server log", server.log());
        assertThat(evidence.of(PASSWORD)).isEmpty();
        assertThat(evidence.of(ROTATED)).isEmpty();
    }

    private static Failure failure(FailureKind kind, String... variables) {
        Map<String, String> environment = here(variables);
        environment.put("DB_PASSWORD", PASSWORD.value());
        return new Failure(kind.name(), kind, () -> environment);
    }

    private static Map<String, String> here(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                String.valueOf(server.port()),
                "DB_NAME",
                "postgres",
                "DB_USER",
                USER));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }

    private static String fake(FakeServer fake) {
        fakes.add(fake);
        return String.valueOf(fake.port());
    }

    private static PostgresServer expired() {
        return Expired.SERVER;
    }

    private static @Nullable FailureKind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionFailedException failed) {
                return failed.kind();
            }
        }
        return null;
    }

    private static void use(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private static String verifier(String role) {
        return server.query("select rolpassword from pg_authid where rolname = '" + role + "'")
                .get(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(Integer.toHexString(each & 0xFF));
        }
        return encoded.toString();
    }

    private static Path ownerOnly(Path file) throws Exception {
        return Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private static final class Expired {
        static final PostgresServer SERVER = PostgresServer.builder()
                .tls(AUTHORITY.expiredServer("localhost"))
                .start();
    }
}
