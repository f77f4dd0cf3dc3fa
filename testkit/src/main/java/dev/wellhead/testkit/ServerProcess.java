package dev.wellhead.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the server on a data directory. A shell stands between: it reads which signal to stop the server with, and
 * where this JVM dies without a word it stops the server and removes its files.
 */
final class ServerProcess {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    /** The line of postmaster.pid that tells the state, as pg_ctl reads it. */
    private static final int STATUS_LINE = 7;

    private static final String GUARD =
            """
            directory=$1; shift
            { "$@"; kill -s TERM $$; } &
            abandoned=
            read signal || { signal=QUIT; abandoned=yes; }
            until kill -s "$signal" "$(head -n 1 "$directory/data/postmaster.pid")" 2>/dev/null; do sleep 0.05; done
            trap '' TERM
            wait
            [ -z "$abandoned" ] || rm -rf "$directory"
            """;

    private final Process guard;
    private final Path directory;

    private ServerProcess(Process guard, Path directory) {
        this.guard = guard;
        this.directory = directory;
    }

    /**
     * {@return the server, ready for connections}
     *
     * @param directory holds {@code data} and gets {@code log}
     * @throws IOException when it does not start; the message ends with its log
     */
    static ServerProcess start(PostgresBinaries binaries, Path directory) throws IOException {
        Path data = directory.resolve("data");
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", directory.toString()));
        command.addAll(binaries.command("postgres", "-D", data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        ServerProcess server = new ServerProcess(process, directory);
        try {
            Await.until(START, "readiness of PostgreSQL", () -> !process.isAlive() || server.isReady());
        } catch (AssertionError e) {
            server.stop("QUIT");
            throw new IOException(e.getMessage() + "\n" + server.log(), e);
        }
        // bound to IPv6 alone, it would be up on a port that belongs to somebody else on IPv4
        if (!process.isAlive() || server.log().contains("could not bind IPv4 address")) {
            server.stop("QUIT");
            throw new IOException("PostgreSQL did not start:\n" + server.log());
        }
        return server;
    }

    /** Stops it with a signal (INT: ends sessions and shuts down; QUIT: at once, as in a crash) and waits for its end. */
    void stop(String signal) throws IOException {
        if (guard.isAlive()) {
            try (var requests = guard.getOutputStream()) {
                requests.write((signal + "\n").getBytes(US_ASCII));
            } catch (IOException e) {
                // it ended by itself in this moment
            }
        }
        try {
            if (!guard.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL did not stop within " + STOP + "\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL stops", e);
        }
    }

    boolean isAlive() {
        return guard.isAlive();
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private boolean isReady() throws IOException {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
