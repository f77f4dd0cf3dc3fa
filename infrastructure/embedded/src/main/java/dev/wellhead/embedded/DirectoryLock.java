package dev.wellhead.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory to one server. The lock is the operating system's: it goes with the process that holds it, however that
 * ends.
 */
final class DirectoryLock {

    static final String FILE = "lock";

    /** Closing any channel of a file gives up the locks of the whole process on it, so nobody here opens one twice. */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * {@return the lock, or null where another server has it}
     *
     * @param directory as {@link Path#toRealPath} has it
     */
    static @Nullable DirectoryLock tryLock(Path directory) throws IOException {
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(directory)) {
                return null;
            }
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
            HELD_HERE.add(directory);
            return new DirectoryLock(directory, channel);
        }
    }

    void close() throws IOException {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(directory);
            channel.close();
        }
    }
}
