package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What other programs and scripts depend on: the JSON schemas, help texts, completion, {@code make psql}. */
class ContractTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static JsonObject schema(String name) throws IOException {
        return JsonParser.parseString(Files.readString(ROOT.resolve("docs").resolve(name)))
                .getAsJsonObject();
    }

    private static List<String> required(JsonObject object) {
        return object.getAsJsonArray("required").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @Test
    void explain_json_hasTheKeysOfItsSchema() throws IOException {
        JsonObject schema = schema("explain.schema.json");
        JsonObject properties = schema.getAsJsonObject("properties");

        JsonObject json = Run.piped(Map.of("DB_HSOT", "x", "DB_PORT", "6432", "PGPORT", "1"), "explain", "--json")
                .json();

        assertThat(json.keySet()).containsExactlyElementsOf(required(schema));
        assertThat(json.getAsJsonArray("problems").get(0).getAsJsonObject().keySet())
                .containsExactlyElementsOf(
                        required(properties.getAsJsonObject("problems").getAsJsonObject("items")));
        assertThat(json.getAsJsonArray("settings").get(0).getAsJsonObject().keySet())
                .containsExactlyElementsOf(
                        required(properties.getAsJsonObject("settings").getAsJsonObject("items")));
    }

    @Test
    void doctor_json_hasTheKeysOfItsSchema() throws IOException {
        JsonObject schema = schema("doctor.schema.json");

        JsonObject json = Run.piped(
                        Map.of("DB_HOST", "127.0.0.1", "DB_PORT", Integer.toString(FreePort.find())),
                        "doctor",
                        "--json")
                .json();

        JsonObject stage =
                schema.getAsJsonObject("properties").getAsJsonObject("stages").getAsJsonObject("items");
        assertThat(json.keySet()).containsExactlyElementsOf(required(schema));
        assertThat(json.getAsJsonArray("stages").get(0).getAsJsonObject().keySet())
                .containsExactlyElementsOf(required(stage));
    }

    /** The keys of schema version 1 as they were first published: none may disappear. */
    @Test
    void explain_json_keepsTheFirstKeysOfVersion1() {
        JsonObject json = Run.piped(Map.of("DB_HSOT", "x", "DB_PORT", "6432", "PGPORT", "1"), "explain", "--json")
                .json();

        assertThat(json.keySet())
                .contains(
                        "schemaVersion",
                        "name",
                        "environment",
                        "canBeOpened",
                        "hosts",
                        "readerHosts",
                        "database",
                        "user",
                        "sslMode",
                        "credentials",
                        "trustAnchors",
                        "vanishedServer",
                        "settings",
                        "pool",
                        "driver",
                        "problems");
        JsonObject setting = json.getAsJsonArray("settings").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(candidate -> candidate.get("name").getAsString().equals("port"))
                .findFirst()
                .orElseThrow();
        assertThat(setting.keySet()).contains("name", "value", "origin", "shadowed");
        assertThat(setting.getAsJsonArray("shadowed").get(0).getAsJsonObject().keySet())
                .contains("value", "origin");
        assertThat(json.getAsJsonArray("problems").get(0).getAsJsonObject().keySet())
                .contains("severity", "setting", "message", "origin", "fixes");
    }

    @Test
    void doctor_json_keepsTheFirstKeysOfVersion1() {
        JsonObject json = Run.piped(Map.of("DB_HSOT", "x"), "doctor", "--json").json();

        assertThat(json.keySet()).contains("schemaVersion", "name", "environment", "healthy", "stages");
        JsonObject stage = json.getAsJsonArray("stages").get(0).getAsJsonObject();
        assertThat(stage.keySet())
                .contains("code", "server", "status", "failure", "result", "fix", "milliseconds", "details");
        assertThat(stage.getAsJsonObject("details").keySet())
                .contains("code", "setting", "originKind", "variable", "file", "line");
        assertThat(stage.getAsJsonObject("details").get("code").getAsString()).isEqualTo("unknown-setting");
        assertThat(stage.getAsJsonObject("details").get("variable").getAsString())
                .isEqualTo("DB_HSOT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "explain", "doctor", "wait", "exec", "completion"})
    void help_ofEveryCommand_isAsApproved(String command) {
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
        arguments.add("--help");

        Run run = Run.on(new Terminal(true, Ansi.OFF, 80), Map.of(), arguments.toArray(new String[0]));

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        Golden.check("help" + (command.isEmpty() ? "" : "-" + command), run.out());
    }

    @Test
    void commandLine_withoutACommand_printsTheUsage() {
        Run run = Run.piped(Map.of());

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).startsWith("Usage: wellhead [-hV] [COMMAND]");
    }

    @Test
    void completion_ofTheShell_containsEveryCommand(@TempDir Path directory) throws Exception {
        Run run = Run.piped(Map.of(), "completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("explain", "doctor", "wait", "exec", "--instances", "--for-primary");
        Path script = Files.writeString(directory.resolve("completion.sh"), run.out());
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed");
        Process bash = new ProcessBuilder("/bin/bash", "-c", "source " + script + " && complete -p wellhead")
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).contains("wellhead");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void makePsql_ifTheEnvironmentNamesADatabase_connectsToIt(@TempDir Path directory) throws Exception {
        boolean hasPsql = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "psql")));
        assumeTrue(hasPsql, "psql is not installed");
        PostgresServer server = PostgresServer.shared();
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
        for (String word : Child.command()) {
            script.append(" '").append(word).append('\'');
        }
        Path wellhead = Files.writeString(directory.resolve("wellhead"), script.append(" \"$@\"\n"));
        Files.setPosixFilePermissions(wellhead, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("infrastructure/bin/database.sh").toString(), "psql")
                .redirectErrorStream(true);
        builder.environment().remove("INFRASTRUCTURE");
        builder.environment()
                .putAll(Map.of(
                        "WELLHEAD",
                        wellhead.toString(),
                        "DB_HOST",
                        "127.0.0.1",
                        "DB_PORT",
                        Integer.toString(server.port()),
                        "DB_NAME",
                        "postgres",
                        "DB_PASSWORD",
                        PostgresServer.SUPERUSER_PASSWORD,
                        "SQL",
                        "SELECT 'reached ' || current_setting('port')"));

        Process process = builder.start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("reached " + server.port());
    }
}
