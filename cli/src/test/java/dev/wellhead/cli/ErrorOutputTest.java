package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ErrorOutputTest {

    private static String printed(Terminal errorTerminal, Consumer<ErrorOutput> action) {
        StringWriter err = new StringWriter();
        action.accept(new ErrorOutput(context(errorTerminal, err)));
        return err.toString();
    }

    private static CommandContext context(Terminal errorTerminal, StringWriter err) {
        return new CommandContext(
                Map.of(),
                name -> SettingsRequest.of(name, Map.of()),
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                Terminal.PIPE,
                errorTerminal);
    }

    @Test
    void message_onATerminal_wrapsEachLineAndKeepsItsIndentation() {
        String text = printed(
                new Terminal(true, Ansi.OFF, 40),
                errors -> errors.print("Cannot connect to db.internal:5432: nothing listens there.\n"
                        + "  Check DB_HOST and DB_PORT, and that the server runs."));

        assertThat(text.lines())
                .containsExactly(
                        "Cannot connect to db.internal:5432:",
                        "nothing listens there.",
                        "  Check DB_HOST and DB_PORT, and that",
                        "  the server runs.");
    }

    @Test
    void message_inAPipe_isNotWrapped() {
        String line = "word ".repeat(50).strip();

        assertThat(printed(Terminal.PIPE, errors -> errors.print(line))).isEqualTo(line + System.lineSeparator());
    }

    @Test
    void configurationProblems_areNumberedWithTheirOriginAndFix() {
        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class,
                () -> SettingsResolver.resolve(
                        SettingsRequest.of("default", Map.of("DB_SSLMODE", "yes", "DB_PORT", "x"))));

        assertThat(printed(Terminal.PIPE, errors -> errors.print(e)))
                .contains("1. Error: DB_PORT is 'x'", "2. Error: DB_SSLMODE is 'yes', which is not an SSL mode.")
                .contains("   From: environment variable DB_SSLMODE")
                .contains("   Use one of: disable, allow, prefer, require, verify-ca, verify-full.")
                .endsWith("The database cannot be opened. Run 'wellhead explain' to see all settings."
                        + System.lineSeparator());
    }

    @Test
    void progress_inAPipe_printsNothing() {
        StringWriter err = new StringWriter();
        ProgressLine progress = new ProgressLine(new PrintWriter(err, true), Terminal.PIPE);

        progress.update("waiting");
        progress.erase();
        progress.finish("done");

        assertThat(err).hasToString("");
    }

    @Test
    void progress_onATerminal_overwritesOneLineThatNeverFillsTheWidth() {
        StringWriter err = new StringWriter();
        ProgressLine progress = new ProgressLine(new PrintWriter(err, true), new Terminal(true, Ansi.OFF, 40));

        progress.update("x".repeat(100));
        progress.update("short");
        progress.finish("done");

        assertThat(err)
                .hasToString("\r\u001b[K" + "x".repeat(39) + "\r\u001b[Kshort\r\u001b[Kdone" + System.lineSeparator());
    }
}
