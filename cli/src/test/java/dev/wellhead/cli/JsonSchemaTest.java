package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of each command is valid by the schema in the documentation, and begins with the verdict and the failure. */
class JsonSchemaTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static final Map<String, String> WORKING = Map.of(
            "DB_HOST", "127.0.0.1",
            "DB_PORT", Integer.toString(PostgresServer.shared().port()),
            "DB_NAME", "postgres",
            "DB_USER", "postgres",
            "DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);

    private static JsonObject schema(String command) throws IOException {
        return JsonParser.parseString(Files.readString(DOCS.resolve(command + ".schema.json")))
                .getAsJsonObject();
    }

    private static JsonObject valid(String command, Map<String, String> changes, String... more) throws IOException {
        Map<String, String> variables = new HashMap<>(WORKING);
        variables.putAll(changes);
        String[] arguments = new String[more.length + 2];
        arguments[0] = command;
        arguments[1] = "--json";
        System.arraycopy(more, 0, arguments, 2, more.length);
        JsonObject json = Run.piped(variables, arguments).json();
        assertThat(JsonSchema.errors(schema(command), json)).isEmpty();
        assertThat(json.keySet()).startsWith("schemaVersion", "verdict", "failure", "name");
        return json;
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "doctor", "wait"})
    void json_ofADatabaseThatWorks_hasNoFailure(String command) throws IOException {
        JsonObject json = valid(command, Map.of());

        assertThat(json.get("verdict").getAsString()).isEqualTo("ok");
        assertThat(json.get("failure").isJsonNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "doctor", "wait"})
    void json_ofInvalidSettings_hasTheFirstProblem(String command) throws IOException {
        JsonObject json = valid(command, Map.of("DB_SSLMODE", "yes", "DB_PORT", "5432"));

        assertThat(json.get("verdict").getAsString()).isEqualTo("configuration");
        assertThat(json.get("failure"))
                .hasToString("{\"kind\":\"configuration\",\"transient\":false,\"server\":null,"
                        + "\"sentence\":\"DB_SSLMODE is 'yes', which is not an SSL mode.\",\"setting\":\"DB_SSLMODE\","
                        + "\"origin\":\"From: environment variable DB_SSLMODE\","
                        + "\"originKind\":\"environment-variable\",\"variable\":\"DB_SSLMODE\",\"file\":null,"
                        + "\"line\":null,\"fixes\":[\"Use one of: disable, allow, prefer, require, verify-ca,"
                        + " verify-full.\"]}");
    }

    @Test
    void json_ofAWrongPassword_namesServerAndSetting() throws IOException {
        for (JsonObject json : List.of(
                valid("doctor", Map.of("DB_PASSWORD", "wrong-password")),
                valid("wait", Map.of("DB_PASSWORD", "wrong-password"), "--timeout", "2s"))) {
            JsonObject failure = json.getAsJsonObject("failure");
            assertThat(json.get("verdict").getAsString()).isEqualTo("give_up");
            assertThat(failure.get("kind").getAsString()).isEqualTo("credentials_refused");
            assertThat(failure.get("server").getAsString()).isEqualTo("127.0.0.1:" + WORKING.get("DB_PORT"));
            assertThat(failure.get("sentence").getAsString())
                    .startsWith("127.0.0.1:" + WORKING.get("DB_PORT") + " refused the password of user 'postgres'")
                    .endsWith("(DB_USER, DB_PASSWORD).");
        }
    }

    @Test
    void json_ofAServerThatIsDown_isARetry() throws IOException {
        Map<String, String> down = Map.of("DB_PORT", Integer.toString(FreePort.find()));

        for (JsonObject json : List.of(valid("doctor", down), valid("wait", down, "-t", "300ms"))) {
            assertThat(json.get("verdict").getAsString()).isEqualTo("retry");
            assertThat(json.getAsJsonObject("failure").get("transient").getAsBoolean())
                    .isTrue();
        }
    }

    @Test
    void json_ofAQueryThatIsNotTrue_hasTimedOut() throws IOException {
        JsonObject json = valid("wait", Map.of(), "-t", "2s", "--for-query", "SELECT false");

        assertThat(json.get("verdict").getAsString()).isEqualTo("timed_out");
        assertThat(json.getAsJsonObject("failure").get("kind").getAsString()).isEqualTo("query_not_true");
    }

    /** The validation itself: a document that is not valid must not pass. */
    @Test
    void errors_ofAnInvalidDocument_nameTheKeyword() throws IOException {
        assertThat(JsonSchema.errors(schema("wait"), JsonParser.parseString("{\"schemaVersion\":2,\"ready\":1}")))
                .anyMatch(error -> error.startsWith("$ violates required"))
                .anyMatch(error -> error.startsWith("$.schemaVersion violates const"))
                .anyMatch(error -> error.startsWith("$.ready violates type"));
    }
}
