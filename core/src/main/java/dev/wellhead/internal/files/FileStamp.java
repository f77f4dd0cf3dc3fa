package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The modification time and size of a file; the file has changed if its stamp differs from an earlier one. Symbolic links
 * are followed, because Kubernetes replaces mounted secrets by changing a link.
 *
 * @param modified in milliseconds since 1970; -1 if the file cannot be read
 * @param size in bytes; -1 if the file cannot be read
 */
public record FileStamp(long modified, long size) {

    public static List<FileStamp> of(List<Path> files) {
        List<FileStamp> stamps = new ArrayList<>(files.size());
        for (Path file : files) {
            stamps.add(of(file));
        }
        return stamps;
    }

    private static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.lastModifiedTime().toMillis(), attributes.size());
        } catch (IOException missing) {
            return new FileStamp(-1, -1);
        }
    }
}
