package dev.wellhead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * Unpacks a tar archive (POSIX ustar) of directories, files and symbolic links. Anything else in it is an error: the
 * archives this module reads hold nothing else, and a part left out in silence would be found much later.
 */
final class TarArchive {

    private static final int BLOCK = 512;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];

    TarArchive(InputStream in) {
        this.in = in;
    }

    void unpack(Path target) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        while (nextHeader()) {
            Path path = target.resolve(name()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("the archive has an entry outside of its root: " + name());
            }
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            switch (header[156]) {
                case '0', 0 -> {
                    copy(number(124, 12), path);
                    if (posix) {
                        boolean program = (number(100, 8) & 0100) != 0;
                        Files.setPosixFilePermissions(
                                path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
                case '2' -> link(target, path, text(157, 100));
                case '5' -> Files.createDirectories(path);
                default ->
                    throw new IOException(
                            "the archive has an entry of type '" + (char) header[156] + "', unknown here: " + name());
            }
        }
    }

    private static void link(Path target, Path path, String to) throws IOException {
        if (!path.resolveSibling(to).normalize().startsWith(target)) {
            throw new IOException("the archive has a link to a place outside of its root: " + to);
        }
        Files.createSymbolicLink(path, Path.of(to));
    }

    private boolean nextHeader() throws IOException {
        int read = in.readNBytes(header, 0, BLOCK);
        if (read != BLOCK) {
            throw new IOException("the archive ends early");
        }
        // two blocks of zeros end an archive
        return header[0] != 0;
    }

    private void copy(long size, Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("the archive ends early");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }

    private String name() {
        boolean prefixed = header[262] == 0 && header[345] != 0;
        return prefixed ? text(345, 155) + "/" + text(0, 100) : text(0, 100);
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(header, offset, end), UTF_8);
    }

    private long number(int offset, int length) throws IOException {
        try {
            return Long.parseLong(text(offset, length).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("the archive has an entry whose header is not understood: " + name(), e);
        }
    }
}
