package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells whether a file changed. Mounted secrets are symbolic links that are swapped, so links are followed.
 *
 * @param modified in milliseconds; -1 where there is no file
 * @param size in bytes; -1 where there is no file
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
