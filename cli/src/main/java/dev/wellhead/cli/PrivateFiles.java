package dev.wellhead.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporary files that only this user can read. They are deleted on close, or when the process ends. If the process is
 * killed, {@link StaleFiles} deletes them later: this class holds a lock on their directory that ends with the process.
 */
final class PrivateFiles implements AutoCloseable {

    private static final String UNLOCKED = "wellhead-new-";

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path temporary;
    private final List<Path> files = new ArrayList<>();
    private final Thread deleteOnExit = new Thread(this::delete, "wellhead-files");
    private @Nullable Path directory;
    private @Nullable FileChannel lock;

    PrivateFiles() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param temporary the directory for temporary files, in which stale ones are deleted */
    PrivateFiles(Path temporary) {
        this.temporary = temporary;
        StaleFiles.deleteIn(temporary);
    }

    Path write(String name, String content) throws IOException {
        Path parent = directory;
        if (parent == null) {
            parent = create();
        }
        Path file = Files.createFile(parent.resolve(name), ownerOnly("rw-------"));
        files.add(file);
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path create() throws IOException {
        Path created = Files.createTempDirectory(temporary, UNLOCKED, ownerOnly("rwx------"));
        directory = created;
        Runtime.getRuntime().addShutdownHook(deleteOnExit);
        // Windows does not rename a directory that contains an open file, and has no cleanup
        return POSIX ? locked(created) : created;
    }

    /** Locks the directory, and then gives it a name that {@link StaleFiles} examines. */
    private Path locked(Path created) throws IOException {
        Path file = Files.createFile(created.resolve(StaleFiles.LOCK), ownerOnly("rw-------"));
        files.add(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        lock = channel;
        channel.lock();
        String name = created.getFileName().toString().substring(UNLOCKED.length());
        Path renamed = Files.move(created, temporary.resolve(StaleFiles.PREFIX + name), StandardCopyOption.ATOMIC_MOVE);
        directory = renamed;
        files.set(0, renamed.resolve(StaleFiles.LOCK));
        return renamed;
    }

    /** Sets the permissions when the file is created: there is no moment at which others can open it. */
    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void delete() {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            if (lock != null) {
                lock.close();
            }
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            // the command put other files there, or removed the directory
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(deleteOnExit);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs, and finds nothing to delete
        }
    }
}
