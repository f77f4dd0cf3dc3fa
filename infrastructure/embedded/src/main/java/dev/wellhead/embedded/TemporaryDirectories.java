package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/**
 * Directories of servers that last as long as their process. What a process left that was killed together with its guard,
 * the next one clears.
 */
final class TemporaryDirectories {

    private static final String PREFIX = "wellhead-embedded-";

    /** A younger one may be about to be locked. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private TemporaryDirectories() {}

    static Path create() throws IOException {
        Path root = Files.createTempDirectory(PREFIX).toRealPath();
        Path parent = root.getParent();
        if (parent != null) {
            clear(parent, Files.getOwner(root), Instant.now().minus(SETTLED));
        }
        return root;
    }

    /** Removes those directories of this user, unchanged since a moment, whose process is gone. */
    static void clear(Path parent, UserPrincipal owner, Instant since) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : candidates) {
                try {
                    if (isAbandoned(candidate, owner, since)) {
                        remove(candidate);
                    }
                } catch (IOException e) {
                    // another process clears it at this moment, or it is not ours: neither concerns this start
                }
            }
        }
    }

    private static boolean isAbandoned(Path candidate, UserPrincipal owner, Instant since) throws IOException {
        return Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS).equals(owner)
                && Files.exists(candidate.resolve(DirectoryLock.FILE))
                && Files.getLastModifiedTime(candidate, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(since);
    }

    private static void remove(Path root) throws IOException {
        DirectoryLock lock = DirectoryLock.tryLock(root);
        if (lock == null) {
            return;
        }
        try {
            Path data = root.resolve("data");
            PostmasterPid.read(data).flatMap(server -> server.process(data)).ifPresent(ProcessHandle::destroyForcibly);
            Trees.delete(root);
        } finally {
            lock.close();
        }
    }
}
