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

/** Files for the time of one command, that only this user can read. Gone when it is closed, or the process ends. */
final class PrivateFiles implements AutoCloseable {

    private final List<Path> files = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable Thread atTheEnd;

    Path write(String name, String content) throws IOException {
        Path file = Files.createFile(directory().resolve(name), onlyOwner("rw-------"));
        files.add(file);
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path directory() throws IOException {
        Path known = directory;
        if (known == null) {
            known = Files.createTempDirectory("wellhead-", onlyOwner("rwx------"));
            directory = known;
            atTheEnd = new Thread(this::delete, "wellhead-files");
            Runtime.getRuntime().addShutdownHook(atTheEnd);
        }
        return known;
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
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
        } catch (IOException gone) {
            // somebody else took it away
        }
    }

    @Override
    public void close() {
        delete();
        Thread hook = atTheEnd;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // the process ends, and the hook runs
            }
        }
    }
}
