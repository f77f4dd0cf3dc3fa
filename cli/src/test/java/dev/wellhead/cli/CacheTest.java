package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code explain --service cache} and {@code doctor --service cache} with a real Redis. */
class CacheTest {

    private static final String PASSWORD = "Vq4-unmistakable-7w";

    private static RedisServer server;
    private static int port;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
        port = server.port();
        server.setPasswords("app", PASSWORD);
        server.command("ACL", "SETUSER", "reader", "on", ">" + PASSWORD, "~*", "+@read", "+ping");
        server.command("CONFIG", "SET", "maxmemory", "64mb");
        server.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
        // new sessions have to log in; this one stays
        server.command("ACL", "SETUSER", "default", "off");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Map<String, String> login(String user, String password) {
        return Map.of(
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                Integer.toString(port),
                "REDIS_USER",
                user,
                "REDIS_PASSWORD",
                password);
    }

    private static JsonObject json(String schema, Map<String, String> variables, String... arguments)
            throws IOException {
        Run run = Run.piped(variables, arguments);
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD).doesNotContain("unmistakable");
        assertThat(JsonSchema.errors(
                        JsonParser.parseString(Files.readString(Path.of("..", "docs", schema + ".schema.json")))
                                .getAsJsonObject(),
                        run.json()))
                .isEmpty();
        return run.json();
    }

    private static List<String> stages(JsonObject json) {
        return json.getAsJsonArray("stages").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(stage -> stage.get("code").getAsString() + " "
                        + stage.get("status").getAsString() + ": "
                        + stage.get("result").getAsString())
                .toList();
    }

    @Test
    void doctor_cacheThatWorks_hasEveryStage() throws IOException {
        JsonObject json = json("doctor-service", login("app", PASSWORD), "doctor", "--service", "redis", "--json");

        assertThat(json.get("verdict").getAsString()).isEqualTo("ok");
        List<String> stages = stages(json);
        assertThat(stages).hasSize(9);
        assertThat(stages.get(0)).matches("settings ok: \\d+ settings are valid, database 0, sslmode disable");
        assertThat(stages.get(1)).startsWith("credentials ok: ");
        assertThat(stages.subList(2, 7))
                .containsExactly(
                        "dns ok: 127.0.0.1",
                        "tcp ok: connected to port " + port,
                        "answer ok: answers PING: it requires a login",
                        "login ok: user 'app'",
                        "role ok: primary, replicas: 0");
        assertThat(stages.get(7)).matches("version ok: Redis \\d+\\.\\d+\\.\\d+, standalone");
        assertThat(stages.get(8)).matches("memory ok: \\S+ used of 64.00M, volatile-lru");
    }

    @Test
    void doctor_wrongPassword_isRefusedWithTheVariable() throws IOException {
        JsonObject json =
                json("doctor-service", login("app", "another-" + "word"), "doctor", "--service", "cache", "--json");

        assertThat(json.get("verdict").getAsString()).isEqualTo("give_up");
        JsonObject failure = json.getAsJsonObject("failure");
        assertThat(failure.get("kind").getAsString()).isEqualTo("credentials_refused");
        assertThat(failure.get("sentence").getAsString())
                .isEqualTo("127.0.0.1:" + port
                        + ": it refused the password of user 'app', or it has no such user, or the user is off.");
        assertThat(failure.getAsJsonArray("fixes").get(0).getAsString())
                .isEqualTo("Correct REDIS_USER or REDIS_PASSWORD.");
    }

    @Test
    void doctor_noLogin_statesThatOneIsRequired() throws IOException {
        JsonObject json = json(
                "doctor-service",
                Map.of("SESSIONS_REDIS_URL", "redis://127.0.0.1:" + port),
                "doctor",
                "--service",
                "cache",
                "--name",
                "sessions",
                "--json");

        assertThat(json.getAsJsonObject("failure").get("sentence").getAsString())
                .isEqualTo("127.0.0.1:" + port + ": it requires a login, and none is configured.");
        assertThat(json.getAsJsonObject("failure")
                        .getAsJsonArray("fixes")
                        .get(0)
                        .getAsString())
                .isEqualTo("Set SESSIONS_REDIS_PASSWORD or another source of a password.");
    }

    /** A user that may only use the cache. */
    @Test
    void doctor_userWithoutInfo_worksWithStagesThatAreNotTested() throws IOException {
        JsonObject json = json("doctor-service", login("reader", PASSWORD), "doctor", "--service", "cache", "--json");

        assertThat(json.get("verdict").getAsString()).isEqualTo("ok");
        assertThat(stages(json))
                .contains("login ok: user 'reader'")
                .anyMatch(stage -> stage.startsWith("memory not_tested: INFO was refused (NOPERM"));
    }

    @Test
    void doctor_userWithoutInfo_statesWhatWasNotTested() {
        Run run = Run.piped(login("reader", PASSWORD), "doctor", "--service", "cache");

        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("Not tested because INFO was refused \\(NOPERM .*\\) on 127\\.0\\.0\\.1:"
                        + port + ": role, version, memory\\."))
                .last()
                .isEqualTo("OK: service 'cache' answers.");
    }

    /** The user set a URL, so the fix is about the URL. */
    @Test
    void doctor_wrongPasswordInTheUrl_isCorrectedThere() throws IOException {
        JsonObject json = json(
                "doctor-service",
                Map.of("REDIS_URL", "redis://app:another@127.0.0.1:" + port),
                "doctor",
                "--service",
                "cache",
                "--json");

        JsonObject failure = json.getAsJsonObject("failure");
        assertThat(failure.getAsJsonArray("fixes").get(0).getAsString())
                .isEqualTo("Correct the user or the password in REDIS_URL.");
        assertThat(failure.get("origin").getAsString()).isEqualTo("From: environment variable REDIS_URL");
    }

    @Test
    void doctor_rootCertificateThatDoesNotExist_isNamedWithItsOwnVariable() throws IOException {
        JsonObject json = json(
                "doctor-service",
                Map.of("REDIS_URL", "rediss://127.0.0.1:" + port, "REDIS_SSLROOTCERT", "/no/such/root.crt"),
                "doctor",
                "--service",
                "cache",
                "--json");

        JsonObject failure = json.getAsJsonObject("failure");
        assertThat(failure.get("variable").getAsString()).isEqualTo("REDIS_SSLROOTCERT");
        assertThat(failure.getAsJsonArray("fixes").get(0).getAsString())
                .isEqualTo("Create the file, or correct the path.");
    }

    @Test
    void explain_namedCache_namesItInTheHint() {
        Run run = Run.piped(
                Map.of("RATE_LIMITS_REDIS_URL", "redis://127.0.0.1"),
                "explain",
                "--service",
                "cache",
                "--name",
                "Rate_Limits");

        assertThat(run.out().lines())
                .last()
                .asString()
                .endsWith("'wellhead explain --service cache --name Rate_Limits --all' shows everything.");
    }

    /** Names with the same variables are the same. */
    @Test
    void explain_namedCache_isListedInAnySpelling() throws IOException {
        JsonObject json = json(
                "explain-service",
                Map.of("RATE_LIMITS_REDIS_URL", "redis://127.0.0.1"),
                "explain",
                "--service",
                "cache",
                "--name",
                "Rate_Limits",
                "--json");

        assertThat(json.getAsJsonArray("services")).hasSize(1);
    }

    @Test
    void explain_nameOfAnotherCache_isReportedOnce() {
        Run run = Run.piped(
                Map.of("SESSIONS_REDIS_URL", "redis://127.0.0.1"),
                "explain",
                "--service",
                "cache",
                "--name",
                "sesions");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.out())
                .contains("Error: Nothing is set for Redis server 'sesions'")
                .containsOnlyOnce("Did you mean SESIONS_REDIS_URL?");
    }

    @Test
    void explain_invalidName_hasNoHint() {
        Run run = Run.piped(Map.of(), "explain", "--service", "cache", "--name", "a b");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.out()).doesNotContain("other setting", "shows everything");
    }

    @Test
    void doctor_databaseThatDoesNotExist_isRefused() throws IOException {
        JsonObject json = json(
                "doctor-service",
                Map.of("REDIS_URL", "redis://app:" + PASSWORD + "@127.0.0.1:" + port + "/99"),
                "doctor",
                "--service",
                "cache",
                "--json");

        assertThat(json.getAsJsonObject("failure").get("sentence").getAsString())
                .startsWith("127.0.0.1:" + port + ": it refused database 99: ERR ");
    }

    @Test
    void doctor_invalidSettings_areAllReported() throws IOException {
        JsonObject json = json(
                "doctor-service",
                Map.of("REDIS_HSOT", "cache", "REDIS_PORT", "70000"),
                "doctor",
                "--service",
                "cache",
                "--json");

        assertThat(json.get("verdict").getAsString()).isEqualTo("configuration");
        assertThat(stages(json)).hasSize(2).allMatch(stage -> stage.startsWith("settings failed: REDIS_"));
    }

    @Test
    void doctor_ofTheDatabase_listsTheCache() {
        Run run = Run.piped(
                Map.of("DB_SSLMODE", "yes", "REDIS_URL", "redis://app:" + PASSWORD + "@127.0.0.1:" + port), "doctor");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("ok    cache +(<1|\\d+) ms +redis://127\\.0\\.0\\.1:" + port
                        + " answers PING: it requires a login"));
    }

    @Test
    void explain_cache_hasTheLayoutOfADatabase() {
        Run run = Run.piped(login("app", PASSWORD), "explain", "--service", "cache");

        assertThat(run.code()).isZero();
        List<String> lines = run.out().lines().map(String::stripTrailing).toList();
        assertThat(lines)
                .startsWith(
                        "Redis 'default' in environment 'local' can be opened.",
                        "  server  127.0.0.1:" + port + ", database 0",
                        "  login   app, password in environment variable REDIS_PASSWORD",
                        "  TLS     not encrypted (sslmode disable)",
                        "",
                        "Settings")
                .anyMatch(line -> line.matches("  host +127\\.0\\.0\\.1 +REDIS_HOST"))
                .noneMatch(line -> line.contains("unmistakable"))
                .last()
                .asString()
                .endsWith("'wellhead explain --service cache --all' shows everything.");
    }

    @Test
    void explain_cacheAsJson_hasSettingsWithOrigins() throws IOException {
        JsonObject json = json("explain-service", login("app", PASSWORD), "explain", "--service", "cache", "--json");

        assertThat(json.get("database").getAsString()).isEqualTo("0");
        assertThat(json.getAsJsonArray("settings").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(setting -> setting.get("name").getAsString() + "="
                                + setting.get("value").getAsString() + " "
                                + setting.get("variable")))
                .contains("user=app \"REDIS_USER\"", "password=<redacted> \"REDIS_PASSWORD\"");
        assertThat(json.getAsJsonArray("services")
                        .get(0)
                        .getAsJsonObject()
                        .get("address")
                        .getAsString())
                .isEqualTo("redis://127.0.0.1:" + port);
    }

    @Test
    void explain_invalidCache_hasTheProblemWithItsFix() {
        Run run = Run.piped(Map.of("REDIS_HSOT", "cache"), "explain", "--service", "cache");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.out())
                .startsWith("Redis 'default' in environment 'local' cannot be opened: 1 error.")
                .contains("REDIS_HSOT is not a setting.", "Did you mean REDIS_HOST?");
    }
}
