package dev.wellhead.cli.output;

import dev.wellhead.internal.text.SafeText;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Shows progress in one line of standard error, which each update overwrites. Does nothing without a terminal that can
 * erase a line: logs of containers and CI would otherwise have a line per attempt. Not thread-safe.
 */
public final class ProgressLine {

    /** Moves the cursor to the start of the line and erases the line. Source: ECMA-48, EL. */
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final Terminal terminal;
    private boolean shown;

    /** @param terminal what {@code err} is connected to */
    public ProgressLine(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** {@return whether {@link #update} shows anything} */
    public boolean isVisible() {
        return terminal.canErase();
    }

    /** Replaces the line. A text that is wider than the terminal is cut off. */
    public void update(String text) {
        if (isVisible()) {
            // some terminals scroll when the last column is written
            int longest = Math.max(1, terminal.width() - 1);
            String line = SafeText.sentence(text);
            err.print(ERASE_LINE + (line.length() > longest ? line.substring(0, longest) : line));
            err.flush();
            shown = true;
        }
    }

    /** Removes the line, so that a message can be printed in its place. */
    public void erase() {
        if (shown) {
            err.print(ERASE_LINE);
            err.flush();
            shown = false;
        }
    }

    /** Erases the line and prints a final one on a terminal, which is not erased. */
    public void finish(String text) {
        erase();
        if (terminal.interactive()) {
            err.println(terminal.style(text, Style.fg_green));
        }
    }
}
