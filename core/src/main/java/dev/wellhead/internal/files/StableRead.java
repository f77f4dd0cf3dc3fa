package dev.wellhead.internal.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Reads a file again until its identity, size and modification time are the same before and after the read. */
record StableRead(Path file, FileKind kind) implements Callable<byte[]> {

    private static final int TRIES = 10;
    private static final int PAUSE_MILLIS = 10;

    @Override
    public byte[] call() throws UnreadableFileException, InterruptedException {
        BasicFileAttributes before = FileInspection.attributes(file);
        for (int i = 0; i < TRIES; i++) {
            if (kind.acceptsNullDevice() && FileInspection.isNullDevice(file, before)) {
                return new byte[0];
            }
            FileInspection.check(file, before, kind);
            byte[] content = content();
            BasicFileAttributes after = FileInspection.attributes(file);
            if (areEqual(before, after)) {
                return content;
            }
            before = after;
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new UnreadableFileException(FileFault.CHANGING);
    }

    private byte[] content() throws UnreadableFileException {
        try (InputStream in = open()) {
            byte[] content = in.readNBytes(kind.largestBytes() + 1);
            // the size in the attributes is 0 for files of procfs, and another file may have the path now
            if (content.length > kind.largestBytes()) {
                throw FileInspection.tooLarge(kind);
            }
            return content;
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw !Files.exists(file)
                    ? new UnreadableFileException(FileFault.MISSING, "", e)
                    : Files.isReadable(file)
                            ? new UnreadableFileException(FileFault.FAILED, "", e)
                            : FileInspection.denied(e);
        }
    }

    /** Uses java.io if possible, because the classes of a file channel are not loaded yet at a cold start. */
    private InputStream open() throws IOException {
        return FileInspection.isDefault(file) ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
    }

    private static boolean areEqual(BasicFileAttributes before, BasicFileAttributes after) {
        return before.size() == after.size()
                && before.lastModifiedTime().equals(after.lastModifiedTime())
                && Objects.equals(before.fileKey(), after.fileKey());
    }
}
