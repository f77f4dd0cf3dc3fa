package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Where unpacked programs and the initialised database stay between runs: {@code ~/.cache/wellhead}, or a directory of
 * this user's own in the temporary directory where the home cannot be written or must be open to nobody.
 */
final class Cache {

    private final Path directory;

    private Cache(Path directory) {
        this.directory = directory;
    }

    static Cache open(OperatingSystemUser user) throws IOException {
        Path home = Path.of(System.getProperty("user.home"), ".cache", "wellhead");
        Path temporary =
                Path.of(System.getProperty("java.io.tmpdir"), "wellhead-cache-" + System.getProperty("user.name"));
        List<Path> candidates = user.isNobody() ? List.of(temporary) : List.of(home, temporary);
        for (Path candidate : candidates) {
            if (isUsable(candidate)) {
                return new Cache(candidate);
            }
        }
        throw new IOException("There is no place to unpack PostgreSQL to: none of " + candidates
                + " is, or can be made, a directory that this user owns and nobody else may write to.");
    }

    static Cache at(Path directory) {
        return new Cache(directory);
    }

    /** Fills a directory. */
    @FunctionalInterface
    interface Filler {
        void fill(Path directory) throws IOException;
    }

    /**
     * {@return the entry of this name, made first where it is missing} Made in a directory of its own and renamed when
     * complete: a process that dies halfway leaves nothing that looks usable, and of two at once either's result is good.
     */
    Path entry(String name, Filler filler) throws IOException {
        Path entry = directory.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        Path fresh = Files.createTempDirectory(directory, "new-" + name + "-");
        try {
            if (isPosix(fresh)) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            filler.fill(fresh);
            adopt(fresh, entry);
        } finally {
            Trees.delete(fresh);
        }
        return entry;
    }

    private static void adopt(Path fresh, Path entry) throws IOException {
        try {
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(entry)) {
                throw e;
            }
        }
    }

    /** Programs will be run from here: a directory that somebody else prepared, as anybody may in /tmp, will not do. */
    private static boolean isUsable(Path candidate) {
        try {
            Files.createDirectories(candidate);
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
            if (!isPosix(candidate)) {
                return true;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(candidate);
            return !permissions.contains(PosixFilePermission.GROUP_WRITE)
                    && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
