package dev.wellhead;

import static dev.wellhead.Keeper.AUTHORITY;
import static dev.wellhead.Keeper.PASSWORD;
import static dev.wellhead.Keeper.ROTATED;
import static dev.wellhead.Keeper.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.Evidence;
import dev.wellhead.testkit.HeapDump;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.LogCapture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * Uses a recognisable password in every way: it opens databases, is refused, is set in the wrong place and is rotated.
 * No output, with every logger at its lowest level, may contain it in any form.
 */
@Timeout(120)
class SensitiveValuesTest {

    private static Keeper keeper;

    @TempDir
    static Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        keeper = Keeper.start();
    }

    @AfterAll
    static void stopServer() {
        keeper.close();
    }

    /** A way to configure the password. */
    record Way(String name, Map<String, String> environment) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() throws Exception {
        String url = "postgresql://" + USER + ":" + encoded(PASSWORD.value()) + "@127.0.0.1:"
                + keeper.server().port();
        Path passwordFile = Files.writeString(directory.resolve("password"), PASSWORD.value() + "\n");
        Path passfile = ownerOnly(Files.writeString(
                directory.resolve("pgpass"),
                "*:*:*:*:" + PASSWORD.value().replace("\\", "\\\\").replace(":", "\\:") + "\n"));
        Path service = Files.writeString(
                directory.resolve("service.conf"),
                "[it]\nhost=127.0.0.1\nport=" + keeper.server().port() + "\nuser=" + USER
                        + "\ndbname=postgres\npassword=" + PASSWORD.value() + "\n");
        return Stream.of(
                new Way("DB_PASSWORD", keeper.here("DB_PASSWORD", PASSWORD.value())),
                new Way(
                        "DB_PASSWORD over TLS",
                        keeper.here(
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
                                "jdbc:postgresql://127.0.0.1:" + keeper.server().port() + "/postgres?user=" + USER
                                        + "&password=" + encoded(PASSWORD.value()))),
                new Way("DB_PASSWORD_FILE", keeper.here("DB_PASSWORD_FILE", passwordFile.toString())),
                new Way("PGPASSWORD", keeper.here("PGPASSWORD", PASSWORD.value())),
                new Way("PGPASSFILE", keeper.here("PGPASSFILE", passfile.toString())),
                new Way("PGSERVICEFILE", Map.of("PGSERVICE", "it", "PGSERVICEFILE", service.toString())),
                new Way("MD5", keeper.here("DB_PASSWORD", PASSWORD.value(), "DB_USER", "digest")),
                new Way("clear text", keeper.here("DB_PASSWORD", PASSWORD.value(), "DB_USER", "clear")));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void start_everyWayToSayThePassword_showsItNowhere(Way way) throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            try (Database database = Keeper.open(way.environment())) {
                look(database, evidence);
            }
            evidence.add("log", log.text());
        }
        keeper.assertShowsNothing(evidence);
    }

    /** The pool logs most when it is exhausted and when connections break. */
    @Test
    void pool_exhaustedThenBroken_showsThePasswordNowhere() throws Exception {
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start();
                Database database =
                        Keeper.open(keeper.here("DB_PASSWORD", PASSWORD.value(), "DB_CONNECTION_TIMEOUT", "1100ms"))) {
            try (Connection first = database.getConnection();
                    Connection second = database.getConnection()) {
                evidence.addThrowable("exception", catchThrowable(database::getConnection));
                keeper.server().terminateSessions();
                for (Connection connection : List.of(first, second)) {
                    evidence.addThrowable(
                            "exception",
                            catchThrowable(() -> connection.createStatement().execute("select 1")));
                }
                Await.until(Duration.ofSeconds(60), () -> log.text().contains("leak"));
            }
            evidence.add("log", log.text());
        }
        keeper.assertShowsNothing(evidence);
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
                new Way("two passwords", keeper.here("DB_PASSWORD", value, "DATABASE_URL", "postgresql://u:other@h/d")),
                new Way("two sources of a password", keeper.here("DB_PASSWORD", value, "DB_PASSWORD_FILE", file)),
                new Way("a misspelt variable", keeper.here("DB_PASSWROD", value)),
                new Way(
                        "a password beside problems",
                        keeper.here("DB_PASSWORD", value, "DB_SSLMODE", "yes", "DB_PORT", "0")),
                new Way("a key's password that is no use", keeper.here("DB_PASSWORD", value, "DB_SSLPASSWORD", value)),
                new Way("a NUL in a password", keeper.here("DB_PASSWORD", value + "\0")),
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
        keeper.assertShowsNothing(evidence);
    }

    @Test
    void rotation_passwordFile_showsNeitherPassword() throws Exception {
        Path file = Files.writeString(directory.resolve("rotating"), PASSWORD.value());
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            try (Database database =
                    Keeper.open(keeper.here("DB_PASSWORD_FILE", file.toString(), "DB_USER", "rotated"))) {
                keeper.server().setPassword("rotated", ROTATED.value());
                keeper.addVerifier(ROTATED, "rotated");
                assertThat(database.refreshCredentials()).isFalse();
                keeper.server().terminateSessions();
                Await.until(Duration.ofSeconds(60), "refusal of the old password", () -> {
                    Throwable thrown = catchThrowable(() -> use(database));
                    if (thrown != null) {
                        evidence.addThrowable("exception", thrown);
                    }
                    return thrown != null && Keeper.kind(thrown) == FailureKind.CREDENTIALS_REFUSED;
                });
                Files.writeString(file, ROTATED.value());
                assertThat(database.refreshCredentials()).isTrue();
                look(database, evidence);
            }
            evidence.add("log", log.text());
        }
        keeper.assertShowsNothing(evidence);
    }

    @Test
    void heap_openDatabase_keepsThePasswordOutOfEveryPropertiesTable() throws Exception {
        try (Database database = Keeper.open(keeper.here("DB_PASSWORD", PASSWORD.value()));
                Connection connection = database.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(HeapDump.propertiesThatHold(probe(), directory)).isEmpty();
        }
    }

    @Test
    void clientKey_withAPassword_showsItNowhere() throws Exception {
        IssuedCertificate client = AUTHORITY.client(USER);
        Path certificate = client.writeCertificateTo(directory.resolve("client.crt"));
        Path key =
                ownerOnly(Files.writeString(directory.resolve("client.key"), client.encryptedKeyPem(PASSWORD.value())));
        Map<String, String> environment = keeper.here(
                "DB_HOST", "localhost",
                "DB_PASSWORD", PASSWORD.value(),
                "DB_SSLMODE", "verify-full",
                "DB_SSLROOTCERT",
                        AUTHORITY.writeTo(directory.resolve("roots.pem")).toString(),
                "DB_SSLCERT", certificate.toString(),
                "DB_SSLKEY", key.toString(),
                "DB_SSLPASSWORD", PASSWORD.value());
        Map<String, String> wrong = new HashMap<>(environment);
        wrong.put("DB_SSLPASSWORD", ROTATED.value());
        Evidence evidence = new Evidence();
        try (LogCapture log = LogCapture.start()) {
            try (Database database = Keeper.open(environment)) {
                look(database, evidence);
                assertThat(HeapDump.propertiesThatHold(probe(), directory)).isEmpty();
            }
            Throwable refused = catchThrowable(() -> Keeper.open(wrong).close());
            assertThat(refused).isNotNull();
            evidence.addThrowable("exception", refused);
            evidence.add("log", log.text());
        }
        keeper.assertShowsNothing(evidence);
    }

    private static String probe() {
        return PASSWORD.value().substring(100, 140);
    }

    private static void look(Database database, Evidence evidence) throws Exception {
        DatabaseSettings settings = database.settings();
        evidence.add("settings", settings);
        settings.all().forEach(setting -> evidence.add("settings", setting));
        evidence.add("settings", settings.credentialsSource());
        evidence.add("settings", settings.warnings());
        evidence.addObject("database", database);
        evidence.addObject("database", database.reader());
        evidence.addObject("HikariCP", database.unwrap(HikariDataSource.class));
        try (Connection connection = database.getConnection()) {
            evidence.addObject("connection", connection);
            evidence.addObject("connection", connection.unwrap(PGConnection.class));
            evidence.addObject("connection", connection.getMetaData());
            evidence.addThrowable(
                    "exception",
                    catchThrowable(() -> connection.createStatement().execute("select wrong")));
        }
        evidence.addMBeans();
        evidence.addThreads();
    }

    private static void use(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
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
}
