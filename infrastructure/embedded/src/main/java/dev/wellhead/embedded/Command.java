package dev.wellhead.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a program to its end, within a bounded time. */
final class Command {

    /** Far above what any of them takes, also on a machine that is busy with other things. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final List<String> command;
    private @Nullable File directory;

    private Command(List<String> command) {
        this.command = command;
    }

    static Command of(List<String> command) {
        return new Command(command);
    }

    /** PostgreSQL's programs want to enter the directory they are started in, and nobody may not enter every one. */
    Command in(Path workingDirectory) {
        directory = workingDirectory.toFile();
        return this;
    }

    /**
     * Runs it.
     *
     * @throws IOException when it does not succeed; the message has its output
     */
    void run() throws IOException {
        // a file, not a pipe: a server started by the program would hold the pipe open
        Path output = Files.createTempFile("wellhead", ".out");
        try {
            int code = exitCode(ProcessBuilder.Redirect.to(output.toFile()));
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code + ":\n"
                        + Files.readString(output).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    boolean succeeds() throws IOException {
        return exitCode(ProcessBuilder.Redirect.DISCARD) == 0;
    }

    /** {@return a process builder without what the surroundings would tell PostgreSQL's programs} */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private int exitCode(ProcessBuilder.Redirect output) throws IOException {
        Process process =
                builder(command).directory(directory).redirectOutput(output).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " did not end within " + LONGEST.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " runs", e);
        }
    }
}
