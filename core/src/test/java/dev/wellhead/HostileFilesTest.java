package dev.wellhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.Connecting;
import dev.wellhead.internal.credentials.FileCredentials;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.HostileFile;
import dev.wellhead.internal.files.HungFile;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.CertificateAuthority;
import dev.wellhead.testkit.IssuedCertificate;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that names a file, with every kind of path that must not be read, on a real server. */
class HostileFilesTest {

    private static final Duration BUDGET = Duration.ofSeconds(30);
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Test CA");
    private static final IssuedCertificate CLIENT = AUTHORITY.client("postgres");

    private static PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder()
                .tls(AUTHORITY.server("localhost", "127.0.0.1"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> tlsFiles() {
        return Stream.of(HostileFile.values())
                .flatMap(hostile -> Stream.of(
                        Arguments.of("DB_SSLROOTCERT", "root certificate file", FileKind.CERTIFICATES, hostile),
                        Arguments.of("DB_SSLCRL", "revocation list file", FileKind.REVOCATION_LIST, hostile),
                        Arguments.of("DB_SSLCERT", "client certificate", FileKind.CERTIFICATES, hostile),
                        Arguments.of("DB_SSLKEY", "client key", FileKind.PRIVATE_KEY, hostile)));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("tlsFiles")
    void connect_tlsFile_isRefusedWithTheReason(String variable, String what, FileKind kind, HostileFile hostile)
            throws Exception {
        Path file = hostile.create(directory.resolve("file"));

        String message = Connecting.to(server)
                .with("DB_SSLMODE", "verify-ca")
                .with(
                        "DB_SSLROOTCERT",
                        AUTHORITY.writeTo(directory.resolve("root.crt")).toString())
                .with(
                        "DB_SSLCERT",
                        CLIENT.writeCertificateTo(directory.resolve("crt")).toString())
                .with("DB_SSLKEY", CLIENT.writeKeyTo(directory.resolve("key")).toString())
                .with(variable, file.toString())
                .failureMessage();

        assertThat(message)
                .isEqualTo("Cannot connect to 127.0.0.1:" + server.port() + ": the " + what + " " + file + " "
                        + hostile.reason(kind) + " (" + variable + ").|  From: "
                        + variable.substring(3).toLowerCase(Locale.ROOT)
                        + " (environment variable " + variable + ")|  " + hostile.fix());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void connect_pipeAmongTheRevocationLists_isRefusedWithTheReason() throws Exception {
        Path pipe = HostileFile.pipe(directory.resolve("1a2b3c4d.r0"));

        assertThat(Connecting.to(server)
                        .with("DB_SSLMODE", "verify-ca")
                        .with(
                                "DB_SSLROOTCERT",
                                AUTHORITY.writeTo(directory.resolve("root.crt")).toString())
                        .with("DB_SSLCRLDIR", directory.toString())
                        .failureMessage())
                .contains(": the revocation list file " + pipe + " is a named pipe (DB_SSLCRLDIR).|");
    }

    @ParameterizedTest
    @EnumSource(HostileFile.class)
    void credentials_passwordFile_isRefusedWithTheReason(HostileFile hostile) throws Exception {
        Path file = hostile.create(directory.resolve("file"));

        CredentialsException failure = catchThrowableOfType(
                CredentialsException.class, () -> FileCredentials.passwordFile("app", file, "DB_PASSWORD_FILE")
                        .current(new LoginTarget("db", 5432), BUDGET));

        assertThat(failure)
                .hasMessage(
                        "DB_PASSWORD_FILE (" + file + ") " + hostile.reason(FileKind.PASSWORD) + ". " + hostile.fix());
    }

    @ParameterizedTest
    @EnumSource(HostileFile.class)
    void resolve_passfile_isIgnoredWithTheReason(HostileFile hostile) throws Exception {
        Path file = hostile.create(directory.resolve("file"));

        String reason =
                hostile == HostileFile.MISSING ? "no such file" : "ignored: it " + hostile.reason(FileKind.PASSFILE);
        assertThat(problems(Map.of("DB_PASSFILE", file.toString())))
                .isEqualTo(
                        "Cannot open the database: There is no password for user 'app': DB_PASSWORD is not set.|  Checked: DB_PASSWORD, DB_PASSWORD_FILE, DB_SECRET_FILE, DB_SECRET_ID"
                                + " (not set), DB_PASSFILE (" + reason + ").|  Set one of them; DB_SECRET_ID needs the"
                                + " wellhead-aws module.|  If the server asks for no password, set DB_AUTH to none, or to"
                                + " certificate.");
    }

    @ParameterizedTest
    @EnumSource(HostileFile.class)
    void resolve_serviceFile_isRefusedWithTheReason(HostileFile hostile) throws Exception {
        Path file = hostile.create(directory.resolve("file"));

        assertThat(problems(Map.of("DB_PASSWORD", "x", "PGSERVICE", "shop", "PGSERVICEFILE", file.toString())))
                .isEqualTo("Cannot open the database: PGSERVICEFILE names " + file + ", which "
                        + hostile.reason(FileKind.SERVICE_FILE) + ".|  From: environment variable PGSERVICEFILE|  "
                        + hostile.fix());
    }

    @ParameterizedTest
    @EnumSource(HostileFile.class)
    void resolve_configurationFile_isRefusedWithTheReason(HostileFile hostile) throws Exception {
        Path file = hostile.create(directory.resolve("file.conf"));
        SettingsRequest request = request(file);

        assertThat(Connecting.lines(
                        catchThrowableOfType(ConfigurationException.class, () -> SettingsResolver.resolve(request))))
                .isEqualTo("Cannot open the database: The configuration file '" + file + "' "
                        + hostile.reason(FileKind.CONFIGURATION) + ".|  From: system property config.file|  "
                        + hostile.fix());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void resolve_configurationFileThatIncludesAPipe_isRefusedWithTheReason() throws Exception {
        Path pipe = HostileFile.pipe(directory.resolve("pipe"));
        Path file = Files.writeString(directory.resolve("file.conf"), "include required(file(\"" + pipe + "\"))");
        SettingsRequest request = request(file);

        assertThat(catchThrowable(() -> SettingsResolver.resolve(request)))
                .hasMessageContaining("The configuration file '" + pipe + "' is a named pipe.");
    }

    private static SettingsRequest request(Path configuration) {
        return new SettingsRequest(
                "default",
                Map.of(),
                Map.of("config.file", configuration.toString()),
                null,
                null,
                List.of(),
                List.of(),
                false);
    }

    /** Returns the lines of the message joined with {@code |}. */
    private static String problems(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("ENVIRONMENT", "production");
        environment.put("DB_HOST", "localhost");
        environment.put("DB_NAME", "shop");
        environment.put("DB_USER", "app");
        environment.put("DB_SSLMODE", "require");
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> Databases.resolve(environment));
        return Connecting.lines(failure);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void open_passwordFileThatIsAPipe_failsAndSucceedsAfterTheRepair() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-1");
        Path file = HostileFile.pipe(directory.resolve("password"));

        assertThat(catchThrowable(() -> open(app, file, "DB_STARTUP_TIMEOUT", "1s")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("DB_PASSWORD_FILE (" + file + ") is a named pipe.");

        replace(file, "password-1");
        try (Database database = open(app, file)) {
            database.getConnection().close();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void getConnection_passwordFileReplacedByAPipe_failsWithTheReasonAndSucceedsAfterTheRepair() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-1");
        Path file = replace(directory.resolve("password"), "password-1");
        try (Database database = open(app, file, "DB_CONNECTION_TIMEOUT", "2s")) {
            app.setPassword("password-2");
            Files.move(HostileFile.pipe(directory.resolve("pipe")), file, StandardCopyOption.REPLACE_EXISTING);
            end(app);

            // a connection that has just ended can be borrowed once more
            Await.until(Duration.ofSeconds(60), () -> {
                SQLException failure = failure(database);
                return failure != null
                        && String.valueOf(failure.getMessage())
                                .contains("DB_PASSWORD_FILE (" + file + ") is a named pipe.");
            });

            replace(file, "password-2");
            Await.until(Duration.ofSeconds(60), () -> failure(database) == null);
        }
    }

    @Test
    void getConnection_fileSystemThatDoesNotAnswer_usesTheLastPassword() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-1");
        Path file = replace(directory.resolve("password"), "password-1");
        try (Database database = open(app, file);
                HungFile hung = HungFile.at(file)) {
            end(app);

            Await.until(Duration.ofSeconds(60), () -> failure(database) == null);
            assertThat(hung.path()).exists();
        }
    }

    @Test
    void open_fileSystemThatDoesNotAnswer_failsWithTheReasonWithinTheTimeout() throws Exception {
        TestDatabase app = TestDatabase.on(server, "password-1");
        Path file = replace(directory.resolve("password"), "password-1");
        try (HungFile hung = HungFile.at(file)) {
            assertThat(catchThrowable(() -> open(app, file, "DB_STARTUP_TIMEOUT", "1s")))
                    .isInstanceOf(SQLException.class)
                    .message()
                    .containsPattern(
                            "DB_PASSWORD_FILE \\(" + hung.path()
                                    + "\\) did not answer within \\d+ ms\\.\\R  From: .*\\R  Check the file system that it is on\\.");
        }
        try (Database database = open(app, file)) {
            database.getConnection().close();
        }
    }

    private static Database open(TestDatabase app, Path file, String... more) throws SQLException {
        Map<String, String> environment = app.environment(more);
        environment.put("DB_PASSWORD_FILE", file.toString());
        return Databases.builder().environment(environment).open();
    }

    private static Path replace(Path file, String password) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), password + "\n");
        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void end(TestDatabase app) {
        server.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + app.role() + "'");
    }

    /** Returns why no connection can be borrowed; null if one can be used. */
    private static @Nullable SQLException failure(Database database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
