package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops a server when this JVM ends for any reason. A shell process reads from a pipe, which the operating system closes
 * at the end of the JVM. Windows has no such shell: there a shutdown hook stops the server, and if the JVM is killed, the
 * next start removes the server and its files.
 */
final class ServerWatchdog {

    private static final String SETSID = "/usr/bin/setsid";

    /** $1: the directory to delete at the end, or an empty string. The other arguments: the command that stops the server. */
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

    private ServerWatchdog(@Nullable Process shell, @Nullable Thread hook) {
        this.shell = shell;
        this.hook = hook;
    }

    /**
     * {@return a running watchdog}
     *
     * @param stop the command that stops the server
     * @param disposable the directory to delete afterwards, null for none
     */
    static ServerWatchdog start(List<String> stop, @Nullable Path disposable) throws IOException {
        if (Platform.current().isWindows()) {
            Thread hook = new Thread(() -> stopAndDelete(stop, disposable), "wellhead-embedded-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            return new ServerWatchdog(null, hook);
        }
        List<String> command = new ArrayList<>();
        // its own session, if possible: a signal to this JVM's process group then does not reach the watchdog
        if (Files.isExecutable(Path.of(SETSID))) {
            command.add(SETSID);
        }
        String directory = disposable == null ? "" : disposable.toString();
        command.addAll(List.of("sh", "-c", SCRIPT, "wellhead-embedded", directory));
        command.addAll(stop);
        Process shell = ExternalCommand.processBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ServerWatchdog(shell, null);
    }

    /** Ends the watchdog without any effect. Called when the server has been stopped. */
    void dismiss() {
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the JVM is shutting down, and the hook will find no server
            }
        }
        if (shell != null) {
            try (OutputStream out = shell.getOutputStream()) {
                out.write("dismissed\n".getBytes(US_ASCII));
            } catch (IOException e) {
                // the shell has ended already
            }
        }
    }

    private static void stopAndDelete(List<String> stop, @Nullable Path disposable) {
        try {
            ExternalCommand.of(stop).succeeds();
            if (disposable != null) {
                FileTrees.delete(disposable);
            }
        } catch (IOException e) {
            // during shutdown nothing can handle this failure; the next start removes the files
        }
    }
}
