package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a server with this JVM, however that ends: a shell waits on a pipe that the operating system closes then. On
 * Windows, which has no such shell, a shutdown hook has to do; what a killed JVM leaves there, the next start clears.
 */
final class Guard {

    private static final String SETSID = "/usr/bin/setsid";

    /** $1: a directory to remove at the end, or nothing. The rest: the command that stops the server. */
    private static final String SCRIPT =
            """
            trap '' HUP INT TERM
            read -r dismissed && exit 0
            directory=$1; shift
            "$@"
            [ -z "$directory" ] || rm -rf -- "$directory"
            """;

    private final @Nullable Process shell;
    private final @Nullable Thread hook;

    private Guard(@Nullable Process shell, @Nullable Thread hook) {
        this.shell = shell;
        this.hook = hook;
    }

    static Guard none() {
        return new Guard(null, null);
    }

    /**
     * {@return a guard on duty}
     *
     * @param stop the command that stops the server
     * @param remove what to remove afterwards
     */
    static Guard start(List<String> stop, @Nullable Path remove) throws IOException {
        if (Platform.current().isWindows()) {
            Thread hook = new Thread(() -> stopAndRemove(stop, remove), "wellhead-embedded-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            return new Guard(null, hook);
        }
        List<String> command = new ArrayList<>();
        // a session of its own, where that can be had: what kills this process with its whole group spares the guard
        if (Files.isExecutable(Path.of(SETSID))) {
            command.add(SETSID);
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "wellhead-embedded", remove == null ? "" : remove.toString()));
        command.addAll(stop);
        Process shell = Command.builder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Guard(shell, null);
    }

    /** The server has been stopped in an orderly way: there is nothing left to do. */
    void dismiss() {
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the JVM is ending: the hook finds no server any more
            }
        }
        if (shell != null) {
            try (OutputStream out = shell.getOutputStream()) {
                out.write("dismissed\n".getBytes(US_ASCII));
            } catch (IOException e) {
                // somebody has ended it: that is what dismissing is for
            }
        }
    }

    private static void stopAndRemove(List<String> stop, @Nullable Path remove) {
        try {
            Command.of(stop).succeeds();
            if (remove != null) {
                Trees.delete(remove);
            }
        } catch (IOException e) {
            // nobody is left to tell; the next start clears what stays
        }
    }
}
