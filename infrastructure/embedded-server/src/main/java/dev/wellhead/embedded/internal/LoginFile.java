package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that only its owner can read, with the logins of one server. Its format is that of libpq's password file, so
 * that {@code PGPASSFILE} can name it. Source: PostgreSQL documentation, "The Password File".
 *
 * @param path the file
 */
record LoginFile(Path path) {

    /** For any host, port and database. In a field, a backslash precedes a colon or another backslash. */
    private static final Pattern LINE = Pattern.compile("\\*:\\*:\\*:((?:[^:\\\\]|\\\\.)+):((?:[^:\\\\]|\\\\.)+)");

    /** {@return the login of a role, or empty if the file does not exist or does not contain it} */
    Optional<RoleLogin> read(String role) throws IOException {
        for (RoleLogin login : read()) {
            if (login.role().equals(role)) {
                return Optional.of(login);
            }
        }
        return Optional.empty();
    }

    List<RoleLogin> read() throws IOException {
        List<RoleLogin> logins = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(path)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    logins.add(new RoleLogin(unescaped(matcher.group(1)), unescaped(matcher.group(2))));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return logins;
    }

    /** Replaces the content. The permissions are set before the content is written. */
    void write(RoleLogin... logins) throws IOException {
        StringBuilder text = new StringBuilder();
        for (RoleLogin login : logins) {
            text.append("*:*:*:")
                    .append(escaped(login.role()))
                    .append(':')
                    .append(escaped(login.password()))
                    .append('\n');
        }
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        FileTrees.createPrivate(unfinished);
        Files.writeString(unfinished, text, StandardOpenOption.WRITE);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static String unescaped(String field) {
        return field.replaceAll("\\\\(.)", "$1");
    }
}
