package dev.wellhead.internal.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that libpq reads in the home directory, or in {@code %APPDATA%\postgresql} on Windows. Source:
 * PostgreSQL documentation, libpq chapter, "The Password File", "The Connection Service File" and "SSL Support".
 */
public final class LibpqFiles {

    private final @Nullable Path home;
    private final boolean windows;

    private LibpqFiles(@Nullable Path home, boolean windows) {
        this.home = home;
        this.windows = windows;
    }

    public static LibpqFiles of(Map<String, String> variables) {
        Path home = directory(variables.get("HOME"));
        if (home != null) {
            return new LibpqFiles(home, false);
        }
        Path applicationData = directory(variables.get("APPDATA"));
        return new LibpqFiles(applicationData == null ? null : applicationData.resolve("postgresql"), true);
    }

    private static @Nullable Path directory(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** {@return the password file, whether or not it exists; empty if there is no home directory} */
    public Optional<Path> passfile() {
        return file(windows ? "pgpass.conf" : ".pgpass");
    }

    public Optional<Path> serviceFile() {
        return file(".pg_service.conf");
    }

    /** {@return the root certificates that libpq uses if none are configured; empty if there is no such file} */
    public Optional<Path> rootCertificate() {
        return existing(windows ? "root.crt" : ".postgresql/root.crt");
    }

    public Optional<Path> revocationList() {
        return existing(windows ? "root.crl" : ".postgresql/root.crl");
    }

    /** {@return the path as users write it, such as {@code ~/.pgpass}} */
    public String describe(Path file) {
        return home != null && !windows && file.startsWith(home) ? "~/" + home.relativize(file) : file.toString();
    }

    private Optional<Path> existing(String name) {
        Optional<Path> file = file(name);
        return file.isPresent() && RegularFiles.exists(file.get()) ? file : Optional.empty();
    }

    private Optional<Path> file(String name) {
        return home == null ? Optional.empty() : Optional.of(home.resolve(name));
    }
}
