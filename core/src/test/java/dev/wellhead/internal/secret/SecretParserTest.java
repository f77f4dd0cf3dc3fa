package dev.wellhead.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.tls.SslMode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretParserTest {

    private static final String PASSWORD = "s3cr3t-Marker";
    private static final SecretKeys KEYS =
            new SecretKeys("username", "password", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY");
    private static final String STORE =
            " Store a JSON object, a connection URL or only the password. If this text is the"
                    + " password, store it in the field 'password' of a JSON object.";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes a text as a JSON string. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static Stream<Arguments> shapes() {
        String login = "\"username\":\"app\",\"password\":\"" + PASSWORD + "\"";
        return Stream.of(
                Arguments.of("RDS-managed: only user and password", "{" + login + "}", null),
                Arguments.of(
                        "the RDS template, port as number, ssl as boolean",
                        "{\"engine\":\"postgres\",\"host\":\"db.example\",\"port\":5433,\"dbname\":\"ledger\","
                                + "\"dbInstanceIdentifier\":\"ledger\",\"masterarn\":\"arn:x\",\"ssl\":true," + login
                                + "}",
                        new ServerLocation("db.example", 5433, "ledger", SslMode.REQUIRE)),
                Arguments.of(
                        "port and ssl as strings",
                        "{\"engine\":\"aurora-postgresql\",\"host\":\"db.example\",\"port\":\"5433\",\"ssl\":\"true\","
                                + login + "}",
                        new ServerLocation("db.example", 5433, null, SslMode.REQUIRE)),
                Arguments.of(
                        "ssl false lowers nothing",
                        "{\"host\":\"db.example\",\"ssl\":false," + login + "}",
                        new ServerLocation("db.example", null, null, null)),
                Arguments.of(
                        "an SSL mode of libpq",
                        "{\"host\":\"db.example\",\"ssl\":\"verify-full\"," + login + "}",
                        new ServerLocation("db.example", null, null, SslMode.VERIFY_FULL)),
                Arguments.of(
                        "a byte order mark and a capitalized engine",
                        "\uFEFF{\"engine\":\"PostgreSQL\",\"host\":\"db.example:5433\",\"port\":\"\"," + login + "}",
                        new ServerLocation("db.example", 5433, null, null)),
                Arguments.of(
                        "a port with a fraction, and the same one after the host",
                        "{\"host\":\" db.example:5433 \",\"port\":5433.0," + login + "}",
                        new ServerLocation("db.example", 5433, null, null)),
                Arguments.of(
                        "a port as text with a fraction",
                        "{\"port\":\" 5433.0 \"," + login + "}",
                        new ServerLocation(null, 5433, null, null)),
                Arguments.of(
                        "an IPv6 address",
                        "{\"host\":\"2001:db8::1\"," + login + "}",
                        new ServerLocation("2001:db8::1", null, null, null)),
                Arguments.of(
                        "an IPv6 address in brackets, with a port",
                        "{\"host\":\"[2001:db8::1]:5433\"," + login + "}",
                        new ServerLocation("2001:db8::1", 5433, null, null)),
                Arguments.of(
                        "the database under the name that Vault's users give it",
                        "{\"database\":\"ledger\"," + login + "}",
                        new ServerLocation(null, null, "ledger", null)),
                Arguments.of("a field 'database' that is an object", "{\"database\":{\"id\":1}," + login + "}", null),
                Arguments.of("an object in a JSON string", quoted("{" + login + "}"), null),
                Arguments.of("an object that is encoded three times", quoted(quoted("{" + login + "}")), null),
                Arguments.of(
                        "a connection URL in a JSON string",
                        quoted("postgresql://app:" + PASSWORD + "@db.example/ledger"),
                        new ServerLocation("db.example", null, "ledger", null)),
                Arguments.of(
                        "a connection URL",
                        "postgresql://app:" + PASSWORD + "@db.example:5433/ledger?sslmode=require",
                        new ServerLocation("db.example", 5433, "ledger", SslMode.REQUIRE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void parse_knownShape_returnsLoginAndServer(String shape, String text, @Nullable ServerLocation location)
            throws CredentialsException {
        SecretLogin login = parse(parser(null), text);

        assertThat(login.credentials().user()).isEqualTo("app");
        assertThat(login.credentials().password()).isEqualTo(PASSWORD);
        assertThat(login.credentials().label()).isEqualTo("AWSCURRENT, version 0a1b2c3d");
        assertThat(login.location()).isEqualTo(location);
    }

    @Test
    void parse_onlyAPassword_usesTheConfiguredUser() throws CredentialsException {
        SecretLogin login = parse(parser("reporting"), PASSWORD + "\n");

        assertThat(login.credentials().user()).isEqualTo("reporting");
        assertThat(login.credentials().password()).isEqualTo(PASSWORD);
    }

    @Test
    void parse_configuredKeys_areUsed() throws CredentialsException {
        SecretParser own = new SecretParser(
                "The secret 'prod/ledger'",
                new SecretKeys("login", "pass", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY"),
                null,
                "DB_USER");

        SecretLogin login = parse(own, "{\"login\":\"app\",\"pass\":\"" + PASSWORD + "\"}");

        assertThat(login.credentials().user()).isEqualTo("app");
        assertThat(login.credentials().password()).isEqualTo(PASSWORD);
    }

    @Test
    void parse_keysOfNestedObjects_areUsed() throws CredentialsException {
        SecretParser own = new SecretParser(
                "The secret 'prod/ledger'",
                new SecretKeys("db.login.user", "db.pass.word", "DB_SECRET_USER_KEY", "DB_SECRET_PASSWORD_KEY"),
                null,
                "DB_USER");

        SecretLogin login = parse(own, "{\"db\":{\"login\":{\"user\":\"app\"},\"pass.word\":\"" + PASSWORD + "\"}}");

        assertThat(login.credentials().user()).isEqualTo("app");
        assertThat(login.credentials().password()).isEqualTo(PASSWORD);
    }

    @Test
    void parse_fieldsOneByOne_areReadAsInAJsonObject() throws CredentialsException {
        SecretLogin login = parser(null)
                .parse(
                        Map.of(
                                "username", "app",
                                "password", PASSWORD,
                                "host", "db.example",
                                "port", "5433",
                                "database", "ledger",
                                "ssl", "verify-full",
                                "unrelated.name", "x"),
                        "newest");

        assertThat(login.credentials().user()).isEqualTo("app");
        assertThat(login.credentials().password()).isEqualTo(PASSWORD);
        assertThat(login.location()).isEqualTo(new ServerLocation("db.example", 5433, "ledger", SslMode.VERIFY_FULL));
    }

    @Test
    void parse_wholeNumbers_areTheirDigits() throws CredentialsException {
        SecretLogin login = parse(parser(null), "{\"username\":1001,\"password\":123456789012}");

        assertThat(login.credentials().user()).isEqualTo("1001");
        assertThat(login.credentials().password()).isEqualTo("123456789012");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x9!", "\"x", "12345678", "true", "eyJhbGciOiJIUzI1NiJ9.e30.x"})
    void parse_passwordWithBrackets_isAPassword(String password) throws CredentialsException {
        assertThat(parse(parser("app"), password).credentials().password()).isEqualTo(password);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        "{\"username\":\"app\",\"passwd\":\"" + PASSWORD + "\"}",
                        "The secret 'prod/ledger' has no field 'password'. Its fields are passwd and username. Set"
                                + " DB_SECRET_PASSWORD_KEY to the name of the field that has the password."),
                Arguments.of(
                        "{\"db_username\":\"app\",\"DB-PASSWORD\":\"" + PASSWORD + "\"}",
                        "The secret 'prod/ledger' has no field 'password'. Its fields are DB-PASSWORD and db_username. Set"
                                + " DB_SECRET_PASSWORD_KEY to the name of the field that has the password, and"
                                + " DB_SECRET_USER_KEY to that of the user."),
                Arguments.of(
                        "{\"Username\":\"app\",\"database\":{\"loginPassword\":\"" + PASSWORD + "\"}}",
                        "The secret 'prod/ledger' has no field 'password'. Its fields are Username and"
                                + " database.loginPassword. Set DB_SECRET_PASSWORD_KEY to the name of the field that has"
                                + " the password, and DB_SECRET_USER_KEY to that of the user."),
                Arguments.of(
                        "{\"url\":\"postgresql://app:" + PASSWORD + "@db.example/ledger\"}",
                        "The secret 'prod/ledger' has no field 'password'. Its only field is url. Set"
                                + " DB_SECRET_PASSWORD_KEY to the name of the field that has the password, and"
                                + " DB_SECRET_USER_KEY to that of the user. A connection URL must be the whole text of the"
                                + " secret, not a field."),
                Arguments.of(
                        "{\"" + PASSWORD + "\":\"app\"}",
                        "The secret 'prod/ledger' has no field 'password'. It has one field, whose name is not shown."
                                + " Set DB_SECRET_PASSWORD_KEY to the name of the field that has the password, and"
                                + " DB_SECRET_USER_KEY to that of the user."),
                Arguments.of(
                        "{}",
                        "The secret 'prod/ledger' has no field 'password'. It has no fields. Set DB_SECRET_PASSWORD_KEY to"
                                + " the name of the field that has the password, and DB_SECRET_USER_KEY to that of the"
                                + " user."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":4.2e1}",
                        "The secret 'prod/ledger' has a field 'password' that is not a string."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":{\"value\":\"" + PASSWORD + "\"}}",
                        "The secret 'prod/ledger' has a field 'password' that is not a string."),
                Arguments.of(
                        "[{\"username\":\"app\",\"password\":\"" + PASSWORD + "\"}]",
                        "The secret 'prod/ledger' is a JSON array, which is not supported." + STORE),
                Arguments.of(
                        "\"" + PASSWORD + "\"",
                        "The secret 'prod/ledger' is a JSON string in quotation marks, which is not supported."
                                + STORE),
                Arguments.of(
                        base64("{\"username\":\"app\",\"password\":\"" + PASSWORD + "\"}"),
                        "The secret 'prod/ledger' is a JSON object that is encoded as base64, which is not supported."
                                + STORE),
                Arguments.of(
                        "\uFEFF" + PASSWORD,
                        "The secret 'prod/ledger' starts with a byte order mark. Store the password without one."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD
                                + "\",\"host\":\"db.example:5433\",\"port\":5432}",
                        "The secret 'prod/ledger' has a field 'host' with another port than its field 'port'."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"host\":\"db.example:543210\"}",
                        "The secret 'prod/ledger' has a field 'host' whose port is not a number from 1 to 65535."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"port\":5432.5}",
                        "The secret 'prod/ledger' has a field 'port' that is not a port number from 1 to 65535."),
                Arguments.of(
                        "{\"password\":\"" + PASSWORD + "\"}",
                        "The secret 'prod/ledger' has no user (field 'username'), and DB_USER is not set. Its only field"
                                + " is password. Set DB_SECRET_USER_KEY to the name of the field, or DB_USER to the"
                                + " user."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"port\":\"543210\"}",
                        "The secret 'prod/ledger' has a field 'port' that is not a port number from 1 to 65535."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"engine\":\"mysql\"}",
                        "The secret 'prod/ledger' has a field 'engine' that is not a PostgreSQL engine."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"ssl\":\"maybe\"}",
                        "The secret 'prod/ledger' has a field 'ssl' that is neither true, false nor an SSL mode."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD,
                        "The secret 'prod/ledger' starts like a JSON object, but is not valid JSON."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"a}\\\"" + PASSWORD + "\"} more",
                        "The secret 'prod/ledger' starts like a JSON object, but is not valid JSON."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"host\":[5]}",
                        "The secret 'prod/ledger' has a field 'host' that is not a string."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD + "\",\"dbname\":true}",
                        "The secret 'prod/ledger' has a field 'dbname' that is not a string."),
                Arguments.of(
                        "{\"username\":\"app\",\"password\":\"" + PASSWORD
                                + "\",\"dbname\":\"ledger\",\"database\":\"other\"}",
                        "The secret 'prod/ledger' has a field 'database' with another name than its field 'dbname'."),
                Arguments.of("  ", "The secret 'prod/ledger' is empty."),
                Arguments.of(
                        "postgresql://app@db.example/ledger",
                        "The secret 'prod/ledger' is a connection URL without a password."));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void parse_invalidSecret_namesFieldAndSecretAndNoValue(String text, String message) {
        assertThatThrownBy(() -> parse(parser(null), text))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    @Test
    void parse_invalidUrl_namesTheSecretAndNoVariable() {
        assertThatThrownBy(() -> parse(parser(null), "postgresql://app:" + PASSWORD + "@db.example/a b"))
                .isInstanceOf(CredentialsException.class)
                .hasMessageStartingWith(
                        "The secret 'prod/ledger' is a connection URL that cannot be used: the URL has a"
                                + " blank or a control character")
                .hasMessageNotContainingAny("DATABASE_URL", PASSWORD);
    }

    /** The settings of the database that the secret is for do not apply to the URL. */
    @Test
    void parse_urlWithAConfigurationFile_ignoresTheFile(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("application.conf"),
                "wellhead.databases.default { secretId = prod/ledger, user = other, host = elsewhere }");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);

            SecretLogin login = parse(parser(null), "postgresql://app:" + PASSWORD + "@db.example/ledger");

            assertThat(login.credentials().user()).isEqualTo("app");
            assertThat(login.credentials().password()).isEqualTo(PASSWORD);
            assertThat(login.location()).isEqualTo(new ServerLocation("db.example", null, "ledger", null));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"username\":\"app\\u0000role\",\"password\":\"s3cr3t-Marker\"}', has a field 'username' with a NUL character",
        "'{\"username\":\"app\",\"password\":\"s3cr3t-Marker\\u0000\"}', has a field 'password' with a NUL character",
        "'{\"username\":\"app\",\"password\":\"s3cr3t-Marker\\ud800\"}', has a field 'password' with a NUL character"
    })
    void parse_textThatPostgresqlCannotReceive_isRefused(String text, String message) {
        assertThatThrownBy(() -> parse(parser(null), text))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("The secret 'prod/ledger' " + message + ", or that is not valid Unicode.");
    }

    @Test
    void parse_onlyAPasswordWithNul_isRefused() {
        assertThatThrownBy(() -> parse(parser("app"), "s3cr3t\0Marker"))
                .isInstanceOf(CredentialsException.class)
                .hasMessage(
                        "The secret 'prod/ledger' is a text that the server cannot receive: it has a NUL character or"
                                + " is not valid Unicode.");
    }

    private static SecretParser parser(@Nullable String user) {
        return new SecretParser("The secret 'prod/ledger'", KEYS, user, "DB_USER");
    }

    private static SecretLogin parse(SecretParser parser, String text) throws CredentialsException {
        return parser.parse(text, "AWSCURRENT, version 0a1b2c3d");
    }
}
