package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A directory with the data, the log and the {@link DirectoryLock} of one server. */
final class DataDirectory {

    /** How long a server whose process was killed may take to end: its guard has just begun to stop it. */
    private static final Duration LAST_SERVER = Duration.ofSeconds(20);

    private final Path root;
    private final boolean temporary;
    private final DirectoryLock lock;

    private DataDirectory(Path root, boolean temporary, DirectoryLock lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    static DataDirectory temporary() throws IOException {
        Path root = TemporaryDirectories.create();
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            throw new IOException(root + " is new and locked by another process");
        }
        return new DataDirectory(root, true, lock);
    }

    /** @throws IOException when another server has it; the message says which */
    static DataDirectory kept(Path directory) throws IOException {
        Path root = Files.createDirectories(directory).toRealPath();
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            String which = PostmasterPid.read(root.resolve("data"))
                    .map(server -> ": PostgreSQL on port " + server.port() + ", process " + server.pid())
                    .orElse("");
            throw new IOException(
                    root + " is in use by another server" + which + ". Stop that one, or choose another directory.");
        }
        return new DataDirectory(root, false, lock);
    }

    Path data() {
        return root.resolve("data");
    }

    /** Starts a server on the data, which {@link #prepare} has made ready. */
    ServerProcess serve(Installation installation, int port) throws IOException {
        return temporary
                ? ServerProcess.start(installation, ServerProcess.Use.TEMPORARY, data(), log(), root, port)
                : ServerProcess.start(installation, ServerProcess.Use.KEPT, data(), log(), null, port);
    }

    /** Makes the data ready for a server: a copy of the template where there is none, else checked. */
    void prepare(Template template, Installation installation) throws IOException {
        OperatingSystemUser user = installation.user();
        if (user.isNobody()) {
            openToNobody(user);
        }
        if (Files.exists(data())) {
            requireVersion(Template.version(template.data()));
            clearLastServer();
        } else {
            copy(template, user);
        }
        user.own(data());
        if (!Files.exists(log())) {
            Files.createFile(log());
            restrict(log(), "rw-------");
        }
        user.own(log());
    }

    /** Gives up the lock, and removes a temporary directory. */
    void close() throws IOException {
        try {
            if (temporary) {
                Trees.delete(root);
            }
        } finally {
            lock.close();
        }
    }

    private Path log() {
        return root.resolve("postgresql.log");
    }

    private void copy(Template template, OperatingSystemUser user) throws IOException {
        Path fresh = root.resolve("data.new");
        if (Files.exists(fresh)) {
            Trees.delete(fresh);
        }
        Trees.copy(template.data(), fresh);
        user.own(fresh);
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireVersion(String wanted) throws IOException {
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            throw new IOException(
                    data() + " is not a data directory of PostgreSQL. Choose another directory, or remove it.");
        }
        String found = Template.version(data());
        if (!found.equals(wanted)) {
            throw new IOException(data() + " was written by PostgreSQL " + found + ", and this is PostgreSQL " + wanted
                    + ", which cannot read it. Back it up with PostgreSQL " + found
                    + " and restore it here, or choose another directory.");
        }
    }

    /** After a kill -9 the file of the last server may still be there, and even the server. */
    private void clearLastServer() throws IOException {
        Optional<PostmasterPid> last = PostmasterPid.read(data());
        Optional<ProcessHandle> process = last.flatMap(server -> server.process(data()));
        if (process.isPresent() && !endsInTime(process.get())) {
            throw new IOException(data() + " is in use by PostgreSQL, process "
                    + process.get().pid()
                    + ", which no process of Wellhead serves any more. Stop it (kill -INT "
                    + process.get().pid() + ") and start again.");
        }
        PostmasterPid.delete(data());
    }

    private static boolean endsInTime(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(LAST_SERVER.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the last server ends", e);
        }
    }

    /** The data itself stays closed to everybody but its owner; the way to it must not be. */
    private void openToNobody(OperatingSystemUser user) throws IOException {
        if (temporary) {
            restrict(root, "rwx--x--x");
        }
        List<String> enter = List.of("sh", "-c", "cd -- \"$1\"", "sh", root.toString());
        if (!Command.of(user.command(enter)).succeeds()) {
            throw new IOException("This process is root, so the user nobody runs PostgreSQL, and may not enter " + root
                    + ". Choose a directory whose parents everybody may enter, or run as an ordinary user.");
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
