package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class RunningLineTest {

    private final StringWriter err = new StringWriter();

    private RunningLine line(Terminal terminal) {
        return new RunningLine(new ProgressLine(new PrintWriter(err, true), terminal));
    }

    @Test
    void print_whileSomethingRuns_keepsTheLineBelow() {
        try (RunningLine running = line(new Terminal(true, Ansi.OFF, 40))) {
            running.show("tcp");
            running.print(() -> err.append("ok dns\n"));
        }

        assertThat(err.toString())
                .matches("(?s)\r\u001b\\[Ktcp \\.\\.\\..*\r\u001b\\[Kok dns\n\r\u001b\\[Ktcp \\.\\.\\..*\r\u001b\\[K");
    }

    @Test
    void line_afterAWhile_showsTheSeconds() {
        try (RunningLine running = line(new Terminal(true, Ansi.OFF, 40))) {
            running.show("tcp");

            Await.until(Duration.ofSeconds(60), () -> err.toString().contains("tcp ... 1 s"));
        }
    }

    @Test
    void line_withoutATerminal_isNotShown() {
        for (Terminal terminal : new Terminal[] {Terminal.PIPE, new Terminal(true, Ansi.OFF, 40, false)}) {
            try (RunningLine running = line(terminal)) {
                running.show("tcp");
                running.print(() -> err.append("x"));
            }
        }

        assertThat(err).hasToString("xx");
    }
}
