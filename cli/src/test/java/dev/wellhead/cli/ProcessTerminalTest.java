package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a terminal of its own, which {@code script} of util-linux makes. */
class ProcessTerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    Path directory;

    /** Run in the terminal: says on its error stream, a file, whether it is in one. */
    static final class Answer {

        private Answer() {}

        public static void main(String[] arguments) {
            System.err.print(ProcessTerminal.isAtTerminal());
        }
    }

    private String answer(String redirections) throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "script is not installed");
        List<String> java = Child.command();
        Path file = Files.createTempFile(directory, "answer", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qec",
                        "\"$JAVA\" -cp \"$CLASSES\" '" + Answer.class.getName() + "' 2>\"$ANSWER\" " + redirections,
                        "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("JAVA", java.get(0));
        builder.environment().put("CLASSES", java.get(java.indexOf("-classpath") + 1));
        builder.environment().put("ANSWER", file.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after half a minute");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void terminal_whoseInputIsAFile_isOneAllTheSame() throws Exception {
        assertThat(answer("</dev/null")).isEqualTo("true");
    }

    @Test
    void streams_ofWhichNoneIsATerminal_areNone() throws Exception {
        assertThat(answer("</dev/null >/dev/null")).isEqualTo("false");
    }
}
