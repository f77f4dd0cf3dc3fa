package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/**
 * Creates the directories of temporary servers. If a process was killed together with its watchdog, its directory and
 * possibly its server remain; the next start removes both.
 */
final class TemporaryDirectories {

    private static final String PREFIX = "wellhead-embedded-";

    /** A younger directory may belong to a process that has created it but not locked it yet. */
    private static final Duration MINIMUM_AGE = Duration.ofMinutes(1);

    /** Linux keeps the files of this directory in memory. Containers often have only 64 MB of it. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long MINIMUM_MEMORY = 1L << 30;

    private TemporaryDirectories() {}

    static Path create() throws IOException {
        return prepared(Files.createTempDirectory(PREFIX));
    }

    /** {@return a directory in memory; if this machine has none, or not enough, an ordinary one} */
    static Path createInMemory() throws IOException {
        try {
            if (Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= MINIMUM_MEMORY) {
                return prepared(Files.createTempDirectory(MEMORY, PREFIX));
            }
        } catch (IOException e) {
            // the directory in memory is an optimisation: it may be closed to this user
        }
        return create();
    }

    private static Path prepared(Path created) throws IOException {
        Path root = created.toRealPath();
        Path parent = root.getParent();
        if (parent != null) {
            removeAbandoned(parent, Files.getOwner(root), Instant.now().minus(MINIMUM_AGE));
        }
        return root;
    }

    /** Removes directories of this owner that have not changed since {@code unchangedSince} and that no process holds. */
    static void removeAbandoned(Path parent, UserPrincipal owner, Instant unchangedSince) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : candidates) {
                try {
                    if (isOld(candidate, owner, unchangedSince)) {
                        removeIfUnlocked(candidate);
                    }
                } catch (IOException e) {
                    // another process is removing it, or it belongs to another user: neither affects this start
                }
            }
        }
    }

    private static boolean isOld(Path candidate, UserPrincipal owner, Instant unchangedSince) throws IOException {
        return Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS).equals(owner)
                && Files.exists(candidate.resolve(DirectoryLock.FILE))
                && Files.getLastModifiedTime(candidate, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(unchangedSince);
    }

    private static void removeIfUnlocked(Path root) throws IOException {
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            return;
        }
        try {
            Path data = root.resolve("data");
            PostmasterPidFile.read(data)
                    .flatMap(server -> server.process(data))
                    .ifPresent(ProcessHandle::destroyForcibly);
            FileTrees.delete(root);
        } finally {
            lock.release();
        }
    }
}
