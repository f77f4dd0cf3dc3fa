package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Extracts a tar archive of directories, files and symbolic links. Refuses an archive with any other type of entry, and
 * one that would write or point outside the target directory.
 */
final class ArchiveExtractor {

    private static final int OWNER_EXECUTE = 0100;

    private final Path root;
    private final Map<Path, String> links = new LinkedHashMap<>();

    private ArchiveExtractor(Path root) {
        this.root = root;
    }

    /** Extracts a tar archive, which must not be compressed, to an empty directory. */
    static void extract(InputStream in, Path directory) throws IOException {
        TarArchiveInputStream archive = new TarArchiveInputStream(in);
        ArchiveExtractor extractor = new ArchiveExtractor(directory.toRealPath());
        boolean empty = true;
        for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            extractor.extract(entry, archive);
            empty = false;
        }
        if (empty) {
            throw new IOException("the archive is empty or truncated");
        }
        extractor.openDirectories();
        extractor.createLinks();
    }

    /** The server of root runs as another user, and the umask of root may close new directories to others. */
    private void openDirectories() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path directory : paths.filter(Files::isDirectory).toList()) {
                FileTrees.setPermissions(directory, "rwxr-xr-x");
            }
        }
    }

    private void extract(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root) || (path.equals(root) && !entry.isDirectory())) {
            throw new IOException("the archive has an entry outside of its root: " + entry.getName());
        }
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_DIR -> Files.createDirectories(path);
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                Files.createDirectories(parent(path));
                Files.copy(content, path);
                FileTrees.setPermissions(path, (entry.getMode() & OWNER_EXECUTE) != 0 ? "rwxr-xr-x" : "rw-r--r--");
            }
            case TarConstants.LF_SYMLINK -> {
                Files.createDirectories(parent(path));
                // created after all files and directories, so that no entry is written through a link
                links.put(path, entry.getLinkName());
            }
            default ->
                throw new IOException("the archive has an entry of an unsupported type '" + (char) entry.getLinkFlag()
                        + "': " + entry.getName());
        }
    }

    private void createLinks() throws IOException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
        }
        // a link may lead outside through another link, so only the path that the file system resolves is reliable
        for (Map.Entry<Path, String> link : links.entrySet()) {
            if (!Files.exists(link.getKey()) || !link.getKey().toRealPath().startsWith(root)) {
                throw new IOException("the archive has a link to a place outside of its root, or to nothing: "
                        + root.relativize(link.getKey()) + " -> " + link.getValue());
            }
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
