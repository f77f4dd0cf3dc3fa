package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Reads the files that settings name. Every file is a regular one after symbolic links are followed, is not larger than
 * its {@link FileKind} allows, and is read within the {@link ReadBudget} of the thread. Thread-safe.
 */
public final class RegularFiles {

    private RegularFiles() {}

    /**
     * {@return the whole content} If the file is changed or replaced in the meantime, it is read again.
     *
     * @throws UnreadableFileException if it cannot be read, with the reason
     */
    public static byte[] read(Path file, FileKind kind) throws UnreadableFileException {
        return call(file, new StableRead(file, kind));
    }

    /**
     * Checks a file that another library will read.
     *
     * @throws UnreadableFileException if the file would not be read, with the reason
     */
    public static void check(Path file, FileKind kind) throws UnreadableFileException {
        Boolean unused = call(file, () -> {
            FileInspection.check(file, FileInspection.attributes(file), kind);
            return true;
        });
    }

    /** {@return whether there is a file of any kind; true if the file system does not answer within the budget} */
    public static boolean exists(Path file) {
        try {
            return call(file, new Existence(file));
        } catch (UnreadableFileException e) {
            return e.fault() == FileFault.NO_ANSWER;
        }
    }

    /**
     * {@return whether it is a directory}
     *
     * @throws UnreadableFileException if there is nothing at this path, or it cannot be examined
     */
    public static boolean isDirectory(Path file) throws UnreadableFileException {
        return call(file, () -> FileInspection.attributes(file).isDirectory());
    }

    /**
     * {@return the stamps of all files}
     *
     * @throws UnreadableFileException if the file system does not answer within the budget
     */
    public static List<FileStamp> stamps(List<Path> files) throws UnreadableFileException {
        return files.isEmpty() ? List.of() : call(files.get(0), new Stamps(files));
    }

    /**
     * {@return the entries of a directory, sorted}
     *
     * @throws UnreadableFileException if it is not a directory, cannot be read, or has more than {@code most} entries
     */
    public static List<Path> list(Path directory, int most) throws UnreadableFileException {
        return call(directory, () -> entries(directory, most));
    }

    private static List<Path> entries(Path directory, int most) throws IOException {
        if (!FileInspection.attributes(directory).isDirectory()) {
            throw new UnreadableFileException(FileFault.NOT_DIRECTORY);
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path entry : found) {
                if (entries.size() == most) {
                    throw new UnreadableFileException(FileFault.TOO_MANY_ENTRIES, most + " entries", null);
                }
                entries.add(entry);
            }
        }
        Collections.sort(entries);
        return entries;
    }

    private static <T> T call(Path file, Callable<T> access) throws UnreadableFileException {
        try {
            return FileThreads.call(file, access);
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFileException(FileFault.FAILED, "", e);
        }
    }

    // records instead of lambdas, which would slow down the first connection with TLS

    private record Existence(Path file) implements Callable<Boolean> {

        @Override
        public Boolean call() {
            return Files.exists(file);
        }
    }

    private record Stamps(List<Path> files) implements Callable<List<FileStamp>> {

        @Override
        public List<FileStamp> call() {
            return FileStamp.of(files);
        }
    }
}
