package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.testkit.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;

class ExplainTest {

    private static final String PASSWORD = "Zk7-unmistakable-9q";

    private static final Map<String, String> PRODUCTION = Map.of(
            "ENVIRONMENT", "production",
            "DATABASE_URL", "postgresql://app:" + PASSWORD + "@db-1.internal,db-2.internal:5433/shop",
            "DB_SSLROOTCERT", "system",
            "DB_MAXIMUM_POOL_SIZE", "20",
            "PGHOST", "old.internal",
            "PGSSLMOD", "require");

    private static final Map<String, String> BROKEN =
            Map.of("ENVIRONMENT", "production", "DB_HSOT", "db.internal", "DB_NAME", "shop", "DB_SSLMODE", "yes");

    @Test
    void explain_ofAUrl_hasItsPartsAndTheirOrigins() {
        Run run = Run.piped(PRODUCTION, "explain", "--json");

        JsonObject json = run.json();
        assertThat(run.code()).isZero();
        assertThat(json.get("schemaVersion").getAsInt()).isEqualTo(1);
        assertThat(json.get("hosts"))
                .hasToString("[{\"host\":\"db-1.internal\",\"port\":5432},{\"host\":\"db-2.internal\",\"port\":5433}]");
        assertThat(json.get("database").getAsString()).isEqualTo("shop");
        assertThat(json.get("user").getAsString()).isEqualTo("app");
        assertThat(json.get("sslMode").getAsString()).isEqualTo("verify-full");
        assertThat(json.get("environment").getAsString()).isEqualTo("production");
        JsonObject host = setting(json, "host");
        assertThat(host.get("value").getAsString()).isEqualTo("db-1.internal,db-2.internal");
        assertThat(host.get("origin").getAsString()).isEqualTo("host in environment variable DATABASE_URL");
        assertThat(host.get("originKind").getAsString()).isEqualTo("environment-variable");
        assertThat(host.get("variable").getAsString()).isEqualTo("DATABASE_URL");
        assertThat(host.get("shadowed"))
                .hasToString("[{\"value\":\"old.internal\",\"origin\":\"environment variable PGHOST\","
                        + "\"originKind\":\"libpq\",\"variable\":\"PGHOST\",\"file\":null,\"line\":null}]");
        assertThat(setting(json, "password").get("value").getAsString()).isEqualTo("<redacted>");
        assertThat(messages(json)).containsExactly("PGSSLMOD is set, but nothing reads it. Did you mean PGSSLMODE?");
    }

    @Test
    void explain_ofADriverProperty_hasItsValueAndOrigin() {
        JsonObject json = Run.piped(Map.of("DB_DRIVER_STRINGTYPE", "unspecified"), "explain", "--json")
                .json();

        JsonObject property = setting(json, "driver.stringtype");
        assertThat(property.get("value").getAsString()).isEqualTo("unspecified");
        assertThat(property.get("origin").getAsString()).isEqualTo("environment variable DB_DRIVER_STRINGTYPE");
        assertThat(property.get("variable").getAsString()).isEqualTo("DB_DRIVER_STRINGTYPE");
    }

    @Test
    void explain_ofAHostThatIsListedForPlaintext_hasOneWarningOfIt() {
        Run run = Run.piped(
                Map.of(
                        "ENVIRONMENT",
                        "production",
                        "DATABASE_URL",
                        "postgresql://app:" + PASSWORD + "@db.internal/shop?sslmode=disable",
                        "DB_PLAINTEXT_HOSTS",
                        "db.internal"),
                "explain",
                "--json");

        assertThat(run.code()).isZero();
        assertThat(messages(run.json()))
                .containsExactly(
                        "The connection to db.internal is not encrypted: sslmode in DATABASE_URL is 'disable', and"
                                + " DB_PLAINTEXT_HOSTS permits it for this host. Anyone on the network path can read and change"
                                + " the traffic.");
    }

    @Test
    void explain_ofInvalidSettings_hasTheProblemsAndTheValidSettings() {
        Run run = Run.piped(BROKEN, "explain", "--json");

        JsonObject json = run.json();
        assertThat(run.code()).isEqualTo(78);
        assertThat(json.get("canBeOpened").getAsBoolean()).isFalse();
        assertThat(json.get("hosts").getAsJsonArray()).isEmpty();
        assertThat(json.get("database").getAsString()).isEqualTo("shop");
        assertThat(json.get("environment").getAsString()).isEqualTo("production");
        assertThat(messages(json))
                .contains("DB_HSOT is not a setting.", "DB_SSLMODE is 'yes', which is not an SSL mode.");
        assertThat(setting(json, "name").get("origin").getAsString()).isEqualTo("environment variable DB_NAME");
    }

    static Stream<Arguments> terminals() {
        return Stream.of(
                Arguments.of("80", new Terminal(true, Ansi.ON, 80)),
                Arguments.of("160", new Terminal(true, Ansi.ON, 160)),
                Arguments.of("80-no-color", new Terminal(true, Ansi.OFF, 80)),
                Arguments.of("piped", Terminal.PIPE));
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void explain_onATerminal_isAsApproved(String name, Terminal terminal) {
        Golden.check("explain-" + name, Run.on(terminal, PRODUCTION, "explain").out());
        Golden.check(
                "explain-all-" + name,
                Run.on(terminal, PRODUCTION, "explain", "--all").out());
        Golden.check(
                "explain-problems-" + name, Run.on(terminal, BROKEN, "explain").out());
    }

    @ParameterizedTest
    @MethodSource("terminals")
    void explain_onATerminal_staysWithinItsWidth(String name, Terminal terminal) {
        Map<String, String> variables = new HashMap<>(PRODUCTION);
        variables.put("DB_APPLICATION_NAME", "a-service-with-a-name-that-is-longer-than-most");

        String text = Run.on(terminal, variables, "explain", "--all").out();

        if (terminal.isBounded()) {
            assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "").lines())
                    .allMatch(line -> line.length() <= terminal.width());
        }
        assertThat(text.contains("\u001b")).isEqualTo((terminal.ansi() == Ansi.ON));
    }

    @Test
    void explain_namedDatabase_reportsVariablesOfTheUnnamedOne() {
        Map<String, String> variables = Map.of(
                "LEDGER_DB_HOST", "127.0.0.1",
                "LEDGER_DB_NAME", "ledger",
                "LEDGER_DB_USER", "ledger",
                "LEDGER_DB_PASSWORD", PASSWORD,
                "DB_MAX_LIFETIME", "20m");

        Run run = Run.piped(variables, "explain", "--database", "ledger", "--json");

        assertThat(run.code()).isZero();
        assertThat(messages(run.json()))
                .containsExactly("DB_MAX_LIFETIME is set, but it belongs to the unnamed database. Did you mean"
                        + " LEDGER_DB_MAX_LIFETIME?");
    }

    @Test
    void explain_variablesThatNothingReads_areOneFindingEach() {
        Run run = Run.piped(Map.of("POSTGRES_HOST", "db.internal", "POSTGRES_PASSWORD", PASSWORD), "explain", "--json");

        assertThat(run.code()).isZero();
        assertThat(messages(run.json()))
                .containsExactly(
                        "POSTGRES_HOST is set, but nothing reads it. Did you mean DB_HOST?",
                        "POSTGRES_PASSWORD is set, but nothing reads it. Did you mean DB_PASSWORD?");
    }

    @ParameterizedTest
    @CsvSource({
        "LOCALHOST, false",
        "localhost., false",
        "127.9.9.9, false",
        "::1, false",
        "127.0.0.1.example.com, true",
        "127.1, true",
        "0.0.0.0, true",
        "localhost.localdomain, true",
        "host.docker.internal, true"
    })
    void explain_unencryptedConnection_warnsUnlessTheHostIsLoopback(String host, boolean warns) {
        Run run = Run.piped(
                Map.of("ENVIRONMENT", "local", "DB_HOST", host, "DB_PASSWORD", PASSWORD), "explain", "--json");

        assertThat(run.code()).isZero();
        assertThat(messages(run.json()).toString().contains("the server is on another machine"))
                .isEqualTo(warns);
    }

    static Stream<Arguments> unusableFiles() {
        return Stream.of(
                Arguments.of("DB_PASSWORD_FILE", "DB_PASSWORD_FILE (/nope) does not exist."),
                Arguments.of("DB_SECRET_FILE", "DB_SECRET_FILE (/nope) does not exist."),
                Arguments.of("DB_SSLROOTCERT", "The root certificate file /nope does not exist."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableFiles")
    void explain_missingFile_isAProblem(String variable, String message) {
        Run run = Run.piped(Map.of("DB_HOST", "127.0.0.1", variable, "/nope"), "explain", "--json");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.json().get("canBeOpened").getAsBoolean()).isFalse();
        assertThat(messages(run.json())).contains(message);
    }

    static Stream<Arguments> risks() {
        return Stream.of(
                Arguments.of(
                        Map.of("DB_SECRET_ID", "prod/shop", "DB_MAX_LIFETIME", "6h"),
                        "maxLifetime is 6h, but a secret can rotate every 4h: a session can outlive two rotations, and"
                                + " then run as a role that is no longer in use."),
                Arguments.of(
                        Map.of("DB_PASSWORD", PASSWORD, "DB_POOLER", "rds-proxy", "DB_MAX_LIFETIME", "24h"),
                        "maxLifetime is 1d, but RDS Proxy closes a connection after 24h."),
                Arguments.of(
                        Map.of("DB_PASSWORD", PASSWORD, "DB_KEEPALIVE_TIME", "0"),
                        "keepaliveTime is 0s, but NAT gateways and network load balancers drop connections that are idle"
                                + " for 350s."),
                Arguments.of(
                        Map.of("DB_PASSWORD", PASSWORD, "DB_STARTUP_TIMEOUT", "2s"),
                        "startupTimeout (2s) is shorter than connectTimeout (10s), the time of one attempt."),
                Arguments.of(
                        Map.of("DB_PASSWORD", PASSWORD, "DB_LOCK_TIMEOUT", "5s", "DB_STATEMENT_TIMEOUT", "5s"),
                        "lockTimeout (5s) has no effect, because statementTimeout (5s) is not longer."),
                Arguments.of(
                        Map.of("DB_PASSWORD", PASSWORD, "DB_SSLMODE", "verify-ca"),
                        "The SSL mode is verify-ca: the server's certificate is verified, but not the host name in it."));
    }

    @ParameterizedTest
    @MethodSource("risks")
    void explain_ofRiskySettings_warns(Map<String, String> setting, String warning, @TempDir Path directory)
            throws IOException {
        Path root = Files.writeString(
                directory.resolve("root.crt"),
                CertificateAuthority.create("root").certificatePem());
        Map<String, String> variables = new HashMap<>(Map.of(
                "ENVIRONMENT", "production",
                "DB_HOST", "db.internal",
                "DB_NAME", "shop",
                "DB_USER", "app",
                "DB_SSLROOTCERT", root.toString()));
        variables.putAll(setting);

        Run run = Run.piped(variables, "explain", "--json");

        assertThat(run.code()).isZero();
        assertThat(messages(run.json())).containsExactly(warning);
    }

    @Test
    void explain_inEachFormat_hidesThePassword() {
        for (List<String> arguments : List.of(List.of("explain"), List.of("explain", "--json"))) {
            Run run = Run.on(new Terminal(true, Ansi.ON, 60), PRODUCTION, arguments.toArray(new String[0]));

            assertThat(run.out() + run.err()).doesNotContain(PASSWORD).doesNotContain("unmistakable");
        }
    }

    @Test
    void explain_withAnUnknownOption_suggestsTheRightOne() {
        Run run = Run.piped(PRODUCTION, "explain", "--jsn");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).startsWith("Unknown option: '--jsn'").contains("Possible solutions: --json");
    }

    static List<String> messages(JsonObject json) {
        return json.getAsJsonArray("problems").asList().stream()
                .map(problem -> problem.getAsJsonObject().get("message").getAsString())
                .toList();
    }

    private static JsonObject setting(JsonObject json, String name) {
        for (JsonElement setting : json.getAsJsonArray("settings")) {
            if (setting.getAsJsonObject().get("name").getAsString().equals(name)) {
                return setting.getAsJsonObject();
            }
        }
        throw new AssertionError("no setting " + name);
    }
}
