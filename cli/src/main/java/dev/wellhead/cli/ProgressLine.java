package dev.wellhead.cli;

import dev.wellhead.cli.output.Terminal;
import dev.wellhead.internal.text.SafeText;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Shows progress in one line of standard error, which each update overwrites. Does nothing without a terminal: logs of
 * containers and CI would otherwise have a line per attempt. Not thread-safe.
 */
final class ProgressLine {

    /** Moves the cursor to the start of the line and erases the line. Source: ECMA-48, EL. */
    private static final String ERASE_LINE = "\r\u001b[K";

    private final CommandContext context;
    private final Terminal terminal;
    private boolean shown;

    ProgressLine(CommandContext context) {
        this.context = context;
        this.terminal = context.errorTerminal();
    }

    /** Replaces the line. A text that is wider than the terminal is cut off. */
    void update(String text) {
        if (terminal.interactive()) {
            // some terminals scroll when the last column is written
            int longest = Math.max(1, terminal.width() - 1);
            String line = SafeText.sentence(text);
            context.err().print(ERASE_LINE + (line.length() > longest ? line.substring(0, longest) : line));
            context.err().flush();
            shown = true;
        }
    }

    /** Removes the line, so that a message can be printed in its place. */
    void erase() {
        if (shown) {
            context.err().print(ERASE_LINE);
            context.err().flush();
            shown = false;
        }
    }

    /** Erases the line and prints a final one, which is not erased. */
    void finish(String text) {
        erase();
        if (terminal.interactive()) {
            context.err().println(terminal.style(text, Style.fg_green));
        }
    }
}
