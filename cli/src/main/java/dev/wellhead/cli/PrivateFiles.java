package dev.wellhead.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Temporary files that only this user can read. They are deleted on close, or when the process ends. */
final class PrivateFiles implements AutoCloseable {

    private final List<Path> files = new ArrayList<>();
    private final Thread deleteOnExit = new Thread(this::delete, "wellhead-files");
    private @Nullable Path directory;

    Path write(String name, String content) throws IOException {
        Path parent = directory;
        if (parent == null) {
            parent = Files.createTempDirectory("wellhead-", ownerOnly("rwx------"));
            directory = parent;
            Runtime.getRuntime().addShutdownHook(deleteOnExit);
        }
        Path file = Files.createFile(parent.resolve(name), ownerOnly("rw-------"));
        files.add(file);
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the permissions when the file is created: there is no moment at which others can open it. */
    private static FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
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
