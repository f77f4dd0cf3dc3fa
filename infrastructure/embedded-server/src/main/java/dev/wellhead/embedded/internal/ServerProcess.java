package dev.wellhead.embedded.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of a server on a data directory, started and stopped with pg_ctl. Thread-safe. */
public final class ServerProcess {

    /** The address that every server listens on. It also listens on {@code ::1} if this machine has IPv6. */
    public static final String ADDRESS = "127.0.0.1";

    /** How long pg_ctl waits for a start or a stop. */
    private static final String LIMIT_SECONDS = "60";

    private static final int EXCERPT_LENGTH = 4_000;

    private final Installation installation;
    private final Path data;
    private final LogFile log;
    private final ServerWatchdog watchdog;
    private final int port;
    private final Optional<ProcessHandle> postmaster;
    private volatile boolean stopped;

    private ServerProcess(Installation installation, Path data, LogFile log, ServerWatchdog watchdog, int port)
            throws IOException {
        this.installation = installation;
        this.data = data;
        this.log = log;
        this.watchdog = watchdog;
        this.port = port;
        this.postmaster = PostmasterPidFile.read(data).flatMap(server -> server.process(data));
    }

    /**
     * {@return the server, which accepts logins}
     *
     * @throws PortTakenException if another program listens on the port
     * @throws IOException if the server does not start; the message contains the end of its log
     */
    static ServerProcess start(Installation installation, Path data, ServerOptions options) throws IOException {
        Path log = options.log();
        int port = options.port();
        LogFile currentLog = new LogFile(log, Files.exists(log) ? Files.size(log) : 0);
        String[] stop = stopArguments(data, options.stopMode());
        ServerWatchdog watchdog = ServerWatchdog.start(installation.command("pg_ctl", stop), options.disposable());
        try {
            installation
                    .program(
                            "pg_ctl",
                            "start",
                            "--wait",
                            "--timeout=" + LIMIT_SECONDS,
                            "--pgdata=" + data,
                            "--log=" + log,
                            "--options=" + options.commandLine())
                    .run();
        } catch (IOException e) {
            // a server that was too slow for pg_ctl may still be starting
            installation.program("pg_ctl", stop).succeeds();
            watchdog.dismiss();
            String excerpt = currentLog.end();
            if (excerpt.contains("could not bind") && !excerpt.contains("Permission denied")) {
                throw new PortTakenException(port);
            }
            throw new IOException("PostgreSQL did not start. Its log, " + log + ", ends with:\n" + excerpt, e);
        }
        ServerProcess server = new ServerProcess(installation, data, currentLog, watchdog, port);
        // if one of its two addresses is taken, PostgreSQL starts with the other one only
        if (!PostmasterPidFile.read(data)
                .map(PostmasterPidFile::address)
                .orElse("")
                .equals(ADDRESS)) {
            server.stopImmediately();
            throw new PortTakenException(port);
        }
        return server;
    }

    /** {@return the port that the server listens on} */
    public int port() {
        return port;
    }

    /** {@return what the server has logged since this start} */
    public String log() {
        return log.text();
    }

    /** Terminates all sessions (SQLSTATE 57P01), writes a checkpoint and waits for the end of the server. */
    public void stop() throws IOException {
        stop("fast");
    }

    /** Ends the server without a checkpoint. The next start on the same data needs a recovery. */
    public void stopImmediately() throws IOException {
        stop("immediate");
    }

    /**
     * Kills the server and all its sessions with SIGKILL, as the end of its machine would: nothing is written, and no
     * client is notified by the server.
     */
    public void kill() {
        ProcessHandle first = postmaster.orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(first), first.descendants()).toList();
        // the postmaster is killed first, so that it cannot replace the others
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Waits until the server has ended for any reason. */
    public void awaitEnd() {
        postmaster.ifPresent(process -> process.onExit().join());
    }

    /** {@return whether the server is running} */
    public boolean isAlive() {
        // pg_ctl returns when the server has deleted postmaster.pid, which is shortly before its process ends
        if (stopped) {
            return false;
        }
        // a system may hide processes of other users; the port shows whether the server runs
        return postmaster.map(ProcessHandle::isAlive).orElseGet(() -> LoopbackPorts.isPostgres(port));
    }

    private void stop(String mode) throws IOException {
        try {
            if (isAlive()) {
                installation.program("pg_ctl", stopArguments(data, mode)).run();
                stopped = true;
            }
        } catch (IOException e) {
            if (isAlive()) {
                throw e;
            }
        } finally {
            watchdog.dismiss();
        }
    }

    private static String[] stopArguments(Path data, String mode) {
        return new String[] {
            "stop", "--wait", "--timeout=" + LIMIT_SECONDS, "--pgdata=" + data, "--mode=" + mode, "--silent"
        };
    }

    /** Another program listens on the port that the server should use. */
    static final class PortTakenException extends IOException {

        private static final long serialVersionUID = 1L;

        PortTakenException(int port) {
            super("Port " + port + " on " + ADDRESS + " is used by "
                    + (LoopbackPorts.isPostgres(port)
                            ? "another PostgreSQL server. Use that server, stop it"
                            : "a program that is not a PostgreSQL server. Stop that program")
                    + ", or choose another port.");
        }
    }

    /** The log of this run: the part of the file from an offset. */
    private record LogFile(Path path, long offset) {

        String text() {
            return read(offset);
        }

        String end() {
            return read(Math.max(offset, path.toFile().length() - EXCERPT_LENGTH))
                    .strip();
        }

        private String read(long start) {
            try (InputStream in = Files.newInputStream(path)) {
                in.skipNBytes(start);
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                return "(the log cannot be read: " + e.getMessage() + ")";
            }
        }
    }
}
