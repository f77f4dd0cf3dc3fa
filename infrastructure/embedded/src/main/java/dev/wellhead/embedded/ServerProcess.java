package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of the server on a data directory. */
final class ServerProcess {

    static final String ADDRESS = "127.0.0.1";

    private static final String SECONDS = "60";
    private static final int LONGEST_EXCERPT = 4_000;

    /** Settings that make writing cheap and a crash of the machine fatal. */
    private static final String FORGETFUL = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

    private final Installation installation;
    private final Path data;
    private final Use use;
    private final Guard guard;
    private final int port;
    private final Optional<ProcessHandle> postmaster;

    private ServerProcess(Installation installation, Path data, Use use, Guard guard, int port) throws IOException {
        this.installation = installation;
        this.data = data;
        this.use = use;
        this.guard = guard;
        this.port = port;
        this.postmaster = PostmasterPid.read(data).flatMap(server -> server.process(data));
    }

    /** What becomes of the data. */
    enum Use {
        /** It is thrown away: it needs neither durability nor a checkpoint at the end. */
        TEMPORARY(FORGETFUL, "immediate"),
        /** It is copied when the server has ended, and a copy without a checkpoint would start with a recovery. */
        COPIED(FORGETFUL, "fast"),
        /** It stays. */
        KEPT("", "fast");

        private final String options;
        private final String stopMode;

        Use(String options, String stopMode) {
            this.options = options;
            this.stopMode = stopMode;
        }
    }

    /**
     * {@return the server, ready for logins}
     *
     * @param directory what to remove where this JVM ends without having stopped the server; null: nothing
     * @throws PortTakenException when something else listens on the port
     * @throws IOException when it does not start; the message ends with its log
     */
    static ServerProcess start(
            Installation installation, Use use, Path data, Path log, @Nullable Path directory, int port)
            throws IOException {
        long logged = Files.exists(log) ? Files.size(log) : 0;
        Guard guard = Guard.start(installation.command("pg_ctl", stop(data, use)), directory);
        try {
            installation.run(
                    "pg_ctl",
                    "start",
                    "--wait",
                    "--timeout=" + SECONDS,
                    "--pgdata=" + data,
                    "--log=" + log,
                    "--options=-c port=" + port + " -c listen_addresses=127.0.0.1,::1 -c unix_socket_directories="
                            + use.options);
            ServerProcess server = new ServerProcess(installation, data, use, guard, port);
            // with one of its addresses taken, it is content with the other
            if (PostmasterPid.read(data).map(PostmasterPid::address).orElse("").equals(ADDRESS)) {
                return server;
            }
            server.stop();
            throw new PortTakenException(port, Ports.isPostgres(port));
        } catch (PortTakenException e) {
            throw e;
        } catch (IOException e) {
            // one that was too slow may be there after all
            Command.of(installation.command("pg_ctl", stop(data, use)))
                    .in(installation.home())
                    .succeeds();
            guard.dismiss();
            String excerpt = tail(log, logged);
            if (excerpt.contains("could not bind")) {
                throw new PortTakenException(port, Ports.isPostgres(port));
            }
            throw new IOException("PostgreSQL did not start. Its log, " + log + ", ends with:\n" + excerpt, e);
        }
    }

    int port() {
        return port;
    }

    /** Ends its sessions and waits for its end. A server that has ended by itself is no error. */
    void stop() throws IOException {
        try {
            if (isAlive()) {
                installation.run("pg_ctl", stop(data, use));
            }
        } catch (IOException e) {
            if (isAlive()) {
                throw e;
            }
        } finally {
            guard.dismiss();
        }
    }

    void awaitEnd() {
        postmaster.ifPresent(process -> process.onExit().join());
    }

    boolean isAlive() {
        // a system that hides its processes still answers on the port
        return postmaster.map(ProcessHandle::isAlive).orElseGet(() -> Ports.isPostgres(port));
    }

    private static String[] stop(Path data, Use use) {
        return new String[] {
            "stop", "--wait", "--timeout=" + SECONDS, "--pgdata=" + data, "--mode=" + use.stopMode, "--silent"
        };
    }

    private static String tail(Path log, long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(from, file.length() - LONGEST_EXCERPT);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, UTF_8).strip();
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }
}
