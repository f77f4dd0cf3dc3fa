package dev.wellhead.embedded.internal;

import dev.wellhead.embedded.internal.ServerProcess.PortTakenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A locked directory that contains the data and the log of one server. */
public final class DataDirectory {

    /** How long to wait for the server of a killed process, which its watchdog has just begun to stop. */
    private static final Duration PREVIOUS_SERVER_END = Duration.ofSeconds(20);

    /** Another process may take a free port before the server listens on it. */
    private static final int PORT_ATTEMPTS = 5;

    private final Path root;
    private final boolean temporary;
    private final DirectoryLock lock;

    private DataDirectory(Path root, boolean temporary, DirectoryLock lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** {@return a new directory, which {@link #close} deletes} */
    public static DataDirectory temporary() throws IOException {
        return temporary(TemporaryDirectories.create());
    }

    /** {@return a new directory in memory if this machine has enough, which {@link #close} deletes} */
    public static DataDirectory inMemory() throws IOException {
        return temporary(TemporaryDirectories.createInMemory());
    }

    private static DataDirectory temporary(Path root) throws IOException {
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            throw new IOException(root + " is new but locked by another process");
        }
        return new DataDirectory(root, true, lock);
    }

    /**
     * {@return a directory that keeps its data, which is created if it does not exist}
     *
     * @throws IOException if another server uses the directory; the message identifies that server
     */
    public static DataDirectory kept(Path directory) throws IOException {
        Path root = Files.createDirectories(directory).toRealPath();
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            String details = PostmasterPidFile.read(root.resolve("data"))
                    .map(server -> " (PostgreSQL on port " + server.port() + ", process " + server.pid() + ")")
                    .orElse("");
            throw new IOException(root + " is in use by another server" + details
                    + ". Stop that server, or choose another directory.");
        }
        return new DataDirectory(root, false, lock);
    }

    /** {@return the logins of the server, see {@link ServerLogins#kept} and {@link ServerLogins#temporary}} */
    public ServerLogins logins(String user, @Nullable String password) throws IOException {
        return temporary ? ServerLogins.temporary(user, password) : ServerLogins.kept(root, user, password);
    }

    /** {@return PostgreSQL's own data directory} */
    public Path data() {
        return root.resolve("data");
    }

    /** Prepares the data: checks existing data, or copies the template. */
    public void prepare(DataTemplate template, Installation installation) throws IOException {
        if (Files.exists(data())) {
            openTo(installation.user());
            requireVersion(installation.majorVersion());
            endPreviousServer();
            giveTo(installation.user());
        } else {
            copyFrom(template.data(), Set.of(), installation);
        }
    }

    /**
     * Copies the data of another server, which may be running.
     *
     * @param omitted file names that are not copied
     */
    public void copyFrom(Path source, Set<String> omitted, Installation installation) throws IOException {
        openTo(installation.user());
        // under another name until it is complete, because a process may be killed during the copy
        Path unfinished = root.resolve("data.new");
        FileTrees.delete(unfinished);
        FileTrees.copy(source, unfinished, omitted);
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
        giveTo(installation.user());
    }

    /** Makes a new file in the data directory accessible to the server only. */
    public void writeFile(String name, String content, Installation installation) throws IOException {
        Path file = data().resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            FileTrees.createPrivate(file);
        }
        // root must not follow a link that the server's user has put there
        Files.writeString(
                file,
                content,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
        installation.user().own(file);
    }

    /**
     * {@return a new server on the data, which must have been prepared}
     *
     * @param port the port to listen on, 0 for a free one
     */
    public ServerProcess startServer(Installation installation, int port) throws IOException {
        return startServer(installation, port, List.of());
    }

    /**
     * {@return a new server on the data, which must have been prepared}
     *
     * @param port the port to listen on, 0 for a free one
     * @param settings more settings of the server, as {@code name=value}
     */
    public ServerProcess startServer(Installation installation, int port, List<String> settings) throws IOException {
        Path disposable = temporary ? root : null;
        for (int attempt = 1; ; attempt++) {
            int number = port == 0 ? LoopbackPorts.findFree() : port;
            try {
                return ServerProcess.start(
                        installation, data(), new ServerOptions(number, log(), disposable, settings));
            } catch (PortTakenException e) {
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Stops a server that {@link #startServer} started. Temporary data needs no checkpoint. */
    public void stopServer(ServerProcess server) throws IOException {
        if (temporary) {
            server.stopImmediately();
        } else {
            server.stop();
        }
    }

    /** Releases the lock, and deletes a temporary directory. */
    public void close() throws IOException {
        try {
            if (temporary) {
                FileTrees.delete(root);
            }
        } finally {
            lock.release();
        }
    }

    private Path log() {
        return root.resolve("postgresql.log");
    }

    private void giveTo(OperatingSystemUser user) throws IOException {
        user.own(data());
        if (!Files.exists(log())) {
            FileTrees.createPrivate(log());
        }
        user.own(log());
    }

    private void requireVersion(String wanted) throws IOException {
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            throw new IOException(
                    data() + " is not a data directory of PostgreSQL. Choose another directory, or remove it.");
        }
        String found = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!found.equals(wanted)) {
            throw new IOException(data() + " was written by PostgreSQL " + found
                    + ", and the binaries on the class path are"
                    + " those of PostgreSQL " + wanted + ", which cannot read it. Nothing was changed. Use version "
                    + found + " of io.zonky.test.postgres:" + Platform.current().artifact()
                    + ", choose another directory, or dump the data with PostgreSQL " + found
                    + " and restore it in a new directory.");
        }
    }

    /** If the previous process was killed, its server may still be running, and postmaster.pid may still exist. */
    private void endPreviousServer() throws IOException {
        Optional<ProcessHandle> previous = PostmasterPidFile.read(data()).flatMap(server -> server.process(data()));
        previous.ifPresent(process -> process.onExit()
                .completeOnTimeout(process, PREVIOUS_SERVER_END.toSeconds(), TimeUnit.SECONDS)
                .join());
        if (previous.isPresent() && previous.get().isAlive()) {
            long pid = previous.get().pid();
            throw new IOException(data() + " is in use by PostgreSQL (process " + pid
                    + "), which was started by a process that no longer exists. Stop it (kill -INT " + pid
                    + ") and start again.");
        }
        PostmasterPidFile.delete(data());
    }

    /** Only the owner may read the data, but the server's user must be able to enter the directories above it. */
    private void openTo(OperatingSystemUser user) throws IOException {
        if (!user.mayEnter(root)) {
            throw new IOException(
                    "This process is root, so PostgreSQL runs as an unprivileged user, which may not enter "
                            + root + ". Choose a directory whose parent directories every user may enter, or run as an"
                            + " ordinary user.");
        }
    }
}
