package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The identity, modification time and size of a file; the file has changed if its stamp differs from an earlier one.
 * Symbolic links are followed, because Kubernetes replaces mounted secrets by changing a link.
 *
 * @param key the device and inode; null if the system has none, or if the file cannot be read
 * @param modified in milliseconds since 1970; -1 if the file cannot be read
 * @param size in bytes; -1 if the file cannot be read
 */
public record FileStamp(@Nullable Object key, long modified, long size) {

    static List<FileStamp> of(List<Path> files) {
        List<FileStamp> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            stamps.add(of(file));
        }
        return stamps;
    }

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.fileKey(), attributes.lastModifiedTime().toMillis(), attributes.size());
        } catch (IOException missing) {
            return new FileStamp(null, -1, -1);
        }
    }
}
