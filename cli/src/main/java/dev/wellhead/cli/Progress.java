package dev.wellhead.cli;

import dev.wellhead.cli.text.Ink;
import dev.wellhead.cli.text.Terminal;

/** One line on the standard error that is written over while somebody looks; nothing where nobody does. */
final class Progress {

    private final Surroundings surroundings;
    private boolean written;

    Progress(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void say(String text) {
        Terminal terminal = surroundings.errTerminal();
        if (!terminal.interactive()) {
            return;
        }
        // one column is left free: a full line makes some terminals scroll
        String shown = text.length() < terminal.width() ? text : text.substring(0, Math.max(1, terminal.width() - 1));
        surroundings.err().print("\r" + shown + "\u001b[K");
        surroundings.err().flush();
        written = true;
    }

    /** Takes the line away. */
    void end() {
        if (written) {
            surroundings.err().print("\r\u001b[K");
            surroundings.err().flush();
            written = false;
        }
    }

    void done(String text) {
        if (surroundings.errTerminal().interactive()) {
            surroundings.err().println(surroundings.errTerminal().ink(Ink.GOOD, text));
        }
    }
}
