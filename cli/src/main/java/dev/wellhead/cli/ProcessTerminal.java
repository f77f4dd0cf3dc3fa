package dev.wellhead.cli;

import dev.wellhead.cli.text.Terminal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what the standard streams of this process are, without native code. Colours follow
 * <a href="https://no-color.org">NO_COLOR</a>, and a terminal that says it is dumb gets none.
 */
final class ProcessTerminal {

    private static final int DEFAULT_WIDTH = 80;
    private static final int NARROWEST = 40;
    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int ERR = 2;

    private final Map<String, String> variables;

    ProcessTerminal(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * {@return whether this process runs at a terminal, whose keys then reach its children too} One stream that is one
     * tells it: in {@code psql < script.sql} it is not the input.
     */
    static boolean isAtTerminal() {
        return isTerminal(IN) || isTerminal(OUT) || isTerminal(ERR);
    }

    Terminal out() {
        return of(OUT);
    }

    Terminal err() {
        return of(ERR);
    }

    private Terminal of(int descriptor) {
        if (!isTerminal(descriptor)) {
            return Terminal.PIPE;
        }
        return new Terminal(true, isColoured(), width());
    }

    private boolean isColoured() {
        return variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "").equals("dumb");
    }

    /** Linux tells what a descriptor is; elsewhere the shell does. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return asksShell(descriptor);
        }
    }

    private static boolean asksShell(int descriptor) {
        try {
            Process test = new ProcessBuilder("sh", "-c", "test -t " + descriptor)
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int width() {
        int given = number(variables.getOrDefault("COLUMNS", ""));
        int width = given > 0 ? given : asked();
        return width > 0 ? Math.max(width, NARROWEST) : DEFAULT_WIDTH;
    }

    /** Shells keep COLUMNS to themselves; stty asks the terminal. */
    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return number(size.substring(size.indexOf(' ') + 1));
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
