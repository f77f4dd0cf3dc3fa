package dev.wellhead.embedded.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program and waits for its end, at most two minutes.
 *
 * @param command the program and its arguments
 * @param workingDirectory the directory that the program starts in; if null, that of this JVM
 */
record ExternalCommand(List<String> command, @Nullable Path workingDirectory) {

    /** Much longer than any of these programs needs, even on a machine with every core busy. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The variables that programs need to find other programs and libraries; the last four are for Windows. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP");

    static ExternalCommand of(List<String> command) {
        return new ExternalCommand(command, null);
    }

    /**
     * Runs the program.
     *
     * @throws IOException if its exit code is not 0; the message contains its output
     */
    void run() throws IOException {
        // a file, because a server that the program starts would inherit a pipe and keep it open
        Path output = Files.createTempFile("wellhead", ".out");
        try {
            int code = exitCode(ProcessBuilder.Redirect.to(output.toFile()));
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with exit code " + code + ":\n"
                        + Files.readString(output).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    boolean succeeds() throws IOException {
        return exitCode(ProcessBuilder.Redirect.DISCARD) == 0;
    }

    /**
     * {@return a process builder with a minimal environment} A superuser of the server can read the environment, which
     * may contain passwords and keys of the developer.
     */
    static ProcessBuilder processBuilder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !ENVIRONMENT.contains(name.toUpperCase(Locale.ROOT)));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private int exitCode(ProcessBuilder.Redirect output) throws IOException {
        File directory = workingDirectory == null ? null : workingDirectory.toFile();
        Process process = processBuilder(command)
                .directory(directory)
                .redirectOutput(output)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " did not end within " + LIMIT.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
