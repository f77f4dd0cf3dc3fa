package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.sources.SettingsRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** Exit codes and messages that do not depend on a database. */
class WellheadCommandTest {

    /** A stack trace would hide the message, and can contain more than the message. */
    @Test
    void execute_unexpectedException_printsOneLine() {
        Run run = failing(name -> {
            throw new IllegalStateException("the disk is full");
        });

        assertThat(run.code()).isEqualTo(70);
        assertThat(run.err()).isEqualTo("wellhead: the disk is full" + System.lineSeparator());
        assertThat(run.out()).isEmpty();
    }

    @Test
    void execute_unexpectedExceptionWithoutAMessage_printsItsClass() {
        Run run = failing(name -> {
            throw new UnsupportedOperationException();
        });

        assertThat(run.err()).contains("wellhead: java.lang.UnsupportedOperationException");
    }

    @Test
    void execute_invalidDatabaseName_isReportedLikeOtherProblems() {
        Run run = Run.piped(Map.of(), "explain", "-d", "led.ger");

        assertThat(run.code()).isEqualTo(78);
        assertThat(run.out())
                .contains("The name of the database is 'led.ger', which has characters a name cannot have.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "doctor", "wait"})
    void execute_unknownOption_isWrongUsage(String command) {
        Run run = Run.piped(Map.of(), command, "--colour");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("--colour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many"})
    void instances_invalidNumber_isWrongUsage(String instances) {
        Run run = Run.piped(Map.of(), "doctor", "--instances=" + instances);

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err()).contains("--instances");
    }

    @Test
    void version_notPackaged_isPrinted() {
        Run run = Run.piped(Map.of(), "--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("wellhead ");
    }

    /** picocli accepts no less than 55 columns; longer lines than 120 are hard to read. */
    @ParameterizedTest
    @CsvSource({"40, 55", "80, 80", "200, 120"})
    void help_widthOfTheTerminal_isBounded(int width, int longest) {
        Run run = Run.on(new Terminal(true, Ansi.OFF, width), Map.of(), "wait", "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(longest));
        assertThat(run.out().lines().mapToInt(String::length).max()).isPresent();
    }

    private static Run failing(Function<String, SettingsRequest> requests) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                Map.of(),
                requests,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Terminal.PIPE,
                Terminal.PIPE);
        int code = WellheadCommand.commandLine(context).execute("explain");
        return new Run(code, out.toString(), err.toString());
    }
}
