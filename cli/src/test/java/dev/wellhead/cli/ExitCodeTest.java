package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FreePort;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes of the process, with which scripts decide whether to retry. */
class ExitCodeTest {

    @TempDir
    private static Path directory;

    private static Map<String, String> working() {
        Map<String, String> variables = new HashMap<>();
        variables.put("ENVIRONMENT", "local");
        variables.put("DB_HOST", "127.0.0.1");
        variables.put("DB_PORT", Integer.toString(PostgresServer.shared().port()));
        variables.put("DB_NAME", "postgres");
        variables.put("DB_USER", "postgres");
        variables.put("DB_PASSWORD", PostgresServer.SUPERUSER_PASSWORD);
        return variables;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> variables = working();
        variables.put(name, value);
        return variables;
    }

    private static Run run(Map<String, String> variables, String... arguments) throws Exception {
        return Child.run(directory, variables, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "doctor", "wait", "exec -- true"})
    void settings_invalid_exitWith78(String command) throws Exception {
        assertThat(run(with("DB_SSLMODE", "yes"), command.split(" ")).code()).isEqualTo(78);
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "doctor", "wait", "exec"})
    void option_unknown_exitsWith64(String command) {
        assertThat(Run.piped(working(), command, "--nonsense").code()).isEqualTo(64);
    }

    @Test
    void main_wrongUsage_exitsWith64() throws Exception {
        assertThat(run(working(), "explain", "--nonsense").code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "wait --timeout 500ms"})
    void server_thatMayStart_exitsWith75(String command) throws Exception {
        Run run = run(with("DB_PORT", Integer.toString(FreePort.find())), command.split(" "));

        assertThat(run.code()).isEqualTo(75);
        assertThat(run.out() + run.err()).contains("nothing listens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "wait --timeout 2s"})
    void password_thatIsWrong_exitsWith69(String command) throws Exception {
        Run run = run(with("DB_PASSWORD", "wrong-password"), command.split(" "));

        assertThat(run.code()).isEqualTo(69);
        assertThat(run.out() + run.err()).contains("refused the password of user 'postgres'");
    }

    @Test
    void query_thatIsNeverTrue_exitsWith124() throws Exception {
        assertThat(run(working(), "wait", "-t", "2s", "--for-query", "SELECT false")
                        .code())
                .isEqualTo(124);
    }

    @Test
    void exec_withoutItsPasswordFile_exitsWith75AndGivesTheReason() throws Exception {
        Map<String, String> variables = working();
        variables.remove("DB_PASSWORD");
        variables.put("DB_PASSWORD_FILE", directory.resolve("none").toString());

        Run run = run(variables, "exec", "--", "true");

        assertThat(run.code()).isEqualTo(75);
        assertThat(run.err()).startsWith("The command was not run: ").contains("DB_PASSWORD_FILE");
    }

    @Test
    void database_thatWorks_exitsWith0() throws Exception {
        for (String command : List.of("explain", "doctor", "wait", "exec -- true")) {
            assertThat(run(working(), command.split(" ")).code()).as(command).isZero();
        }
    }

    /** Each code has one meaning, in every command. */
    @Test
    void help_ofEachCommand_documentsItsCodes() {
        Map<String, List<String>> codes = Map.of(
                "explain", List.of("0", "64", "78"),
                "doctor", List.of("0", "64", "69", "75", "78", "124"),
                "wait", List.of("0", "64", "69", "75", "78", "124"),
                "exec", List.of("64", "69", "70", "75", "78", "127"));

        codes.forEach((command, expected) -> {
            String help = Run.piped(Map.of(), command, "--help").out();
            assertThat(help.substring(help.indexOf("Exit codes:"))).contains(expected);
        });
    }
}
