package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Runs a program in a pseudo-terminal, which {@code script} of util-linux creates. */
class TerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    Path directory;

    /** Runs in the terminal and writes what it found to the file that the variable ANSWER names. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Terminal terminal = Terminal.of(1, System.getenv());
            String answer = Terminal.isAttached() + " " + terminal.interactive() + " "
                    + terminal.ansi().enabled() + " " + terminal.width();
            Files.writeString(Path.of(System.getenv("ANSWER")), answer, StandardCharsets.UTF_8);
        }
    }

    /** {@return whether there is a terminal, whether the output is one, whether it has colours, and its width} */
    private String run(String redirections, Map<String, String> variables) throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "script is not installed");
        Path file = Files.createTempFile(directory, "answer", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qec",
                        "stty cols 100 </dev/tty; \"$JAVA\" -cp \"$CLASSES\" '" + Program.class.getName() + "' "
                                + redirections,
                        "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(java.util.Set.of("NO_COLOR", "COLUMNS", "CLICOLOR", "CLICOLOR_FORCE", "TERM"));
        environment.putAll(variables);
        environment.put("SHELL", "/bin/sh");
        environment.put(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put(
                "CLASSES", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        environment.put("ANSWER", file.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after a minute");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void terminal_withoutVariables_hasColoursAndItsOwnWidth() throws Exception {
        assertThat(run("", Map.of("TERM", "xterm"))).isEqualTo("true true true 100");
    }

    @Test
    void terminal_withColumns_hasThatWidth() throws Exception {
        assertThat(run("", Map.of("COLUMNS", "132"))).endsWith(" 132");
        assertThat(run("", Map.of("COLUMNS", "5"))).as("at least 40").endsWith(" 40");
    }

    @Test
    void terminal_withNoColorOrDumb_hasNoColours() throws Exception {
        assertThat(run("", Map.of("NO_COLOR", "1"))).startsWith("true true false ");
        assertThat(run("", Map.of("TERM", "dumb"))).startsWith("true true false ");
    }

    @Test
    void terminal_whoseInputIsAFile_isStillATerminal() throws Exception {
        assertThat(run("</dev/null", new HashMap<>())).startsWith("true true ");
    }

    @Test
    void output_thatIsAFile_isAPipe() throws Exception {
        assertThat(run(">/dev/null", Map.of("COLUMNS", "132"))).isEqualTo("true false false 0");
    }

    @Test
    void streams_ofWhichNoneIsATerminal_areNotAttached() throws Exception {
        assertThat(run("</dev/null >/dev/null 2>/dev/null", Map.of())).isEqualTo("false false false 0");
    }

    @Test
    void style_withoutColours_isThePlainText() {
        assertThat(Terminal.PIPE.style("text", Style.bold)).isEqualTo("text");
        assertThat(new Terminal(true, Ansi.ON, 80).style("text", Style.bold)).startsWith("\u001b[1mtext\u001b[");
    }

    @Test
    void style_ofTextWithMarkup_doesNotInterpretIt() {
        assertThat(new Terminal(true, Ansi.OFF, 80).style("@|bold text|@", Style.bold))
                .isEqualTo("@|bold text|@");
    }
}
