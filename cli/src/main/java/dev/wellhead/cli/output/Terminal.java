package dev.wellhead.cli.output;

import dev.wellhead.internal.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What an output stream is connected to.
 *
 * @param interactive true for a terminal, false for a file or a pipe
 * @param ansi whether colours are written
 * @param width in columns; 0 if lines may have any length
 * @param canErase whether a line can be erased and written again; false for a file, a pipe and {@code TERM=dumb}
 */
public record Terminal(boolean interactive, Ansi ansi, int width, boolean canErase) {

    /** A file or a pipe: no colours, and lines of any length. */
    public static final Terminal PIPE = new Terminal(false, Ansi.OFF, 0);

    /** Narrower columns would hold a word or less. */
    private static final int MINIMUM_WIDTH = 40;

    /** A terminal that can erase a line, or a stream that is not a terminal. */
    public Terminal(boolean interactive, Ansi ansi, int width) {
        this(interactive, ansi, width, interactive);
    }

    /**
     * {@return what a standard stream of this process is connected to} Colours follow
     * <a href="https://no-color.org">NO_COLOR</a> and CLICOLOR, and are off for {@code TERM=dumb}.
     *
     * @param descriptor 1 for the standard output, 2 for the standard error
     */
    public static Terminal of(int descriptor, Map<String, String> variables) {
        if (!isTerminal(descriptor)) {
            return PIPE;
        }
        boolean dumb = variables.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(true, dumb ? Ansi.OFF : Ansi.AUTO, width(variables), !dumb);
    }

    /**
     * {@return whether this process has a terminal, whose keys then reach its child processes too} One of the three
     * standard streams is enough: in {@code psql < script.sql} the input is a file.
     */
    public static boolean isAttached() {
        return isTerminal(0) || isTerminal(1) || isTerminal(2);
    }

    /**
     * Java has no isatty() for a single stream. Linux shows the target of a descriptor; elsewhere the shell checks it.
     */
    private static boolean isTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts")
                    || target.toString().startsWith("/dev/tty")
                    || target.equals(Path.of("/dev/console"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return shellReportsTerminal(descriptor);
        }
    }

    /** {@return whether the shell considers the descriptor a terminal; false without a POSIX shell, as on Windows} */
    private static boolean shellReportsTerminal(int descriptor) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", "test -t " + descriptor)
                    .inheritIO()
                    .start();
            return shell.waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@return the width in columns, from COLUMNS if the user exports it} */
    private static int width(Map<String, String> variables) {
        try {
            return Math.max(MINIMUM_WIDTH, Integer.parseInt(variables.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException notSet) {
            // most shells do not export COLUMNS, so picocli queries the terminal; its default is 80
            return Math.max(
                    MINIMUM_WIDTH,
                    CommandSpec.create().usageMessage().autoWidth(true).width());
        }
    }

    /** {@return whether lines have a maximum length} */
    public boolean isBounded() {
        return width > 0;
    }

    /** {@return {@code text} as one safe line in these styles, if there are colours} */
    public String style(String text, IStyle... styles) {
        return scheme().apply(SafeText.sentence(text), List.of(styles)).toString();
    }

    /** {@return picocli's colours for this terminal} */
    Help.ColorScheme scheme() {
        return Help.defaultColorScheme(ansi);
    }
}
