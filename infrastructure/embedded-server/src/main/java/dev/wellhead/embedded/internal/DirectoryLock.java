package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reserves a directory for one server. This is a file lock of the operating system, which releases it when the process
 * ends for any reason.
 */
final class DirectoryLock {

    static final String FILE = "lock";

    /**
     * The directories locked by this JVM. Closing any channel of a file releases all locks of the process on that file
     * (see {@link java.nio.channels.FileLock}), so a locked file must not be opened a second time.
     */
    private static final Set<Path> HELD_BY_THIS_JVM = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * {@return the lock, or null if another server holds it}
     *
     * @param directory a path from {@link Path#toRealPath}
     */
    static @Nullable DirectoryLock tryLock(Path directory) throws IOException {
        synchronized (HELD_BY_THIS_JVM) {
            if (HELD_BY_THIS_JVM.contains(directory)) {
                return null;
            }
            FileChannel channel = open(directory.resolve(FILE));
            boolean locked = false;
            try {
                locked = channel.tryLock() != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                return null;
            }
            HELD_BY_THIS_JVM.add(directory);
            return new DirectoryLock(directory, channel);
        }
    }

    /** Other users must not be able to open the file, because they could lock it. */
    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FileTrees.ownerOnly(file));
    }

    void release() throws IOException {
        synchronized (HELD_BY_THIS_JVM) {
            HELD_BY_THIS_JVM.remove(directory);
            channel.close();
        }
    }
}
