package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * Keeps the extracted binaries and the initialised data templates between runs, in {@code ~/.cache/wellhead}. The cache
 * of root is in {@code /var/cache/wellhead}, because the user that runs the server has to read it and may not write to
 * it. If neither is writable, the cache is in the temporary directory.
 */
public final class BinaryCache {

    private final Path directory;

    BinaryCache(Path directory) {
        this.directory = directory;
    }

    static BinaryCache open(OperatingSystemUser user) throws IOException {
        Path temporary =
                Path.of(System.getProperty("java.io.tmpdir"), "wellhead-cache-" + System.getProperty("user.name"));
        List<Path> candidates = candidates(user, Path.of(System.getProperty("user.home")), temporary);
        for (Path candidate : candidates) {
            if (isUsable(candidate, user)) {
                return new BinaryCache(candidate);
            }
        }
        throw new IOException("PostgreSQL cannot be extracted: none of the directories " + candidates
                + " exists or can be created with this user as its owner and as the only user with write access.");
    }

    /** {@return the possible directories} A user id without an account has "?" as its home directory. */
    static List<Path> candidates(OperatingSystemUser user, Path home, Path temporary) {
        if (user != OperatingSystemUser.SELF) {
            return List.of(Path.of("/var/cache/wellhead"), temporary);
        }
        return home.isAbsolute() ? List.of(home.resolve(".cache").resolve("wellhead"), temporary) : List.of(temporary);
    }

    Path directory() {
        return directory;
    }

    /** Creates the content of a cache entry. */
    @FunctionalInterface
    interface EntryWriter {
        void write(Path directory) throws IOException;
    }

    /**
     * {@return the entry with this name, which is created if it is missing} The entry is created under another name and
     * renamed when it is complete. A process that is killed therefore leaves no partial entry, and if two processes
     * create the same entry, either result is valid.
     */
    Path entry(String name, EntryWriter writer) throws IOException {
        Path entry = directory.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Path unfinished = Files.createTempDirectory(directory, "new-" + name + "-");
        try {
            FileTrees.setPermissions(unfinished, "rwxr-xr-x");
            writer.write(unfinished);
            publish(unfinished, entry);
        } finally {
            FileTrees.delete(unfinished);
        }
        return entry;
    }

    private static void publish(Path unfinished, Path entry) throws IOException {
        try {
            Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(entry)) {
                throw e;
            }
        }
    }

    /** Programs are run from the cache, so it must not be a directory that another user prepared, for example in /tmp. */
    private static boolean isUsable(Path candidate, OperatingSystemUser user) {
        try {
            if (!Files.exists(candidate)) {
                Files.createDirectories(candidate);
                if (user != OperatingSystemUser.SELF) {
                    FileTrees.setPermissions(candidate, "rwxr-xr-x");
                }
            }
            if (!Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Path probe = Files.createTempFile(candidate, "probe", "");
            try {
                if (!Files.getOwner(probe).equals(Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS))) {
                    return false;
                }
            } finally {
                Files.delete(probe);
            }
            if (!FileTrees.isPosix(candidate)) {
                return true;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(candidate);
            return !permissions.contains(PosixFilePermission.GROUP_WRITE)
                    && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            return false;
        }
    }
}
