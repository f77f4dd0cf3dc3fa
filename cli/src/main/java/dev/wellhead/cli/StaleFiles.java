package dev.wellhead.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Deletes the private files of processes that were killed. A directory is one of these if its name has the prefix of
 * this program, it belongs to this user, no other user can access it, and no process holds its lock. A lock ends with its
 * process. Unlike a process id, it is also reliable if several containers share the directory.
 *
 * <p>Every access is relative to the opened directory, so that a directory that replaces it is not changed.
 */
final class StaleFiles {

    static final String PREFIX = "wellhead-exec-";
    static final String LOCK = "lock";

    private StaleFiles() {}

    /** Deletes them as far as possible; a failure is no reason not to run a command. */
    static void deleteIn(Path temporary) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(temporary)) {
            // not available on Windows
            if (entries instanceof SecureDirectoryStream<Path> secure) {
                delete(secure, ownUser());
            }
        } catch (IOException | DirectoryIteratorException e) {
            // the directory for temporary files is missing or cannot be listed
        }
    }

    private static void delete(SecureDirectoryStream<Path> temporary, UserPrincipal user) {
        for (Path entry : temporary) {
            Path name = entry.getFileName();
            if (name.toString().startsWith(PREFIX)) {
                try {
                    deleteIfStale(temporary, name, user);
                } catch (IOException | OverlappingFileLockException e) {
                    // in use, already deleted, or something else with such a name
                }
            }
        }
    }

    private static void deleteIfStale(SecureDirectoryStream<Path> temporary, Path name, UserPrincipal user)
            throws IOException {
        try (SecureDirectoryStream<Path> directory = temporary.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            PosixFileAttributes attributes =
                    directory.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
            if (!attributes.owner().equals(user)
                    || !PosixFilePermissions.toString(attributes.permissions()).equals("rwx------")) {
                return;
            }
            try (FileChannel channel = (FileChannel) directory.newByteChannel(
                            Path.of(LOCK), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    deleteContent(directory);
                    temporary.deleteDirectory(name);
                }
            }
        }
    }

    private static void deleteContent(SecureDirectoryStream<Path> directory) throws IOException {
        for (Path file : directory) {
            directory.deleteFile(file.getFileName());
        }
    }

    /** Returns the owner of the files that this process creates. */
    private static UserPrincipal ownUser() throws IOException {
        Path probe = Files.createTempFile("wellhead-", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
