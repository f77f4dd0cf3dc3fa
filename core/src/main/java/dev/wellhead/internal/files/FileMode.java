package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The permissions of a file that must be private. */
public final class FileMode {

    private static final int PERMISSIONS = 0777;
    private static final int GROUP_READ = 0040;
    private static final int GROUP_AND_OTHERS = 0077;

    private FileMode() {}

    /**
     * {@return the mode of a file that others can access, as {@code 0644}; empty if the file is private, or if its mode
     * cannot be read} The rule is libpq's for {@code sslkey}: only the owner has access, or, if root owns the file, the
     * owner and readers of the group. Source: PostgreSQL documentation, libpq chapter, "Client Certificates".
     */
    public static Optional<String> ofExposed(Path file) {
        try {
            return exposed(FileThreads.call(file, () -> Files.readAttributes(file, "unix:mode,uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // a missing file is reported when it is read; Windows has no such permissions
            return Optional.empty();
        }
    }

    /** {@return whether others can access the file, by the same rule} Called on a thread that can be abandoned. */
    static boolean isExposed(Path file) throws IOException {
        return exposed(Files.readAttributes(file, "unix:mode,uid")).isPresent();
    }

    private static Optional<String> exposed(Map<String, Object> attributes) {
        if (!(attributes.get("mode") instanceof Integer mode)) {
            return Optional.empty();
        }
        boolean ownedByRoot = Integer.valueOf(0).equals(attributes.get("uid"));
        int forbidden = ownedByRoot ? GROUP_AND_OTHERS & ~GROUP_READ : GROUP_AND_OTHERS;
        return (mode & forbidden) == 0
                ? Optional.empty()
                : Optional.of("0" + Integer.toOctalString(mode & PERMISSIONS));
    }
}
