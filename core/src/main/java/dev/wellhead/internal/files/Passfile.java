package dev.wellhead.internal.files;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of libpq's password file ({@code .pgpass}): lines of {@code host:port:database:user:password}, in which
 * {@code *} matches anything and a backslash escapes a colon or a backslash. The first matching line is used.
 * Sensitive.
 *
 * <p>Source: PostgreSQL documentation, libpq chapter, "The Password File".
 */
public final class Passfile {

    private final String text;

    private Passfile(String text) {
        this.text = text;
    }

    /**
     * Reads the file.
     *
     * @throws UnreadableFileException if libpq would ignore the file: it cannot be read, or users other than its owner
     *     can access it
     */
    public static Passfile read(Path file) throws UnreadableFileException {
        String text = TextFile.text(file, FileKind.PASSFILE);
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableFileException(FileFault.NUL_CHARACTER);
        }
        return new Passfile(text);
    }

    /**
     * {@return the first matching line; empty if there is none, or if its password is empty, which libpq treats as no
     * password}
     *
     * @param host as configured, compared literally without name resolution; empty means {@code localhost}
     */
    public Optional<Match> find(String host, int port, String database, String user) {
        String[] login = {host.isEmpty() ? "localhost" : host, Integer.toString(port), database, user};
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            number++;
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            String password = password(text.substring(start, withoutReturns(text, start, end)), login);
            if (password != null) {
                return password.isEmpty() ? Optional.empty() : Optional.of(new Match(number, password));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static int withoutReturns(String text, int start, int end) {
        int last = end;
        while (last > start && text.charAt(last - 1) == '\r') {
            last--;
        }
        return last;
    }

    private static @Nullable String password(String line, String[] login) {
        if (line.startsWith("#")) {
            return null;
        }
        int next = 0;
        for (String wanted : login) {
            next = afterField(line, next, wanted);
            if (next < 0) {
                return null;
            }
        }
        return unescaped(line, next);
    }

    /** {@return the index after the field that starts at {@code start} and its colon; -1 if it does not match} */
    private static int afterField(String line, int start, String wanted) {
        if (line.startsWith("*:", start)) {
            return start + 2;
        }
        int at = start;
        int matched = 0;
        while (at < line.length()) {
            boolean escaped = line.charAt(at) == '\\' && at + 1 < line.length();
            char c = line.charAt(escaped ? at + 1 : at);
            if (c == ':' && !escaped) {
                return matched == wanted.length() ? at + 1 : -1;
            }
            if (matched == wanted.length() || c != wanted.charAt(matched)) {
                return -1;
            }
            matched++;
            at += escaped ? 2 : 1;
        }
        return -1;
    }

    /** As in libpq, the password ends at the next colon that is not escaped. */
    private static String unescaped(String line, int start) {
        StringBuilder password = new StringBuilder(line.length() - start);
        for (int i = start; i < line.length() && line.charAt(i) != ':'; i++) {
            if (line.charAt(i) == '\\' && i + 1 < line.length()) {
                i++;
            }
            password.append(line.charAt(i));
        }
        return password.toString();
    }

    /** A matching line. */
    public static final class Match {

        private final int line;
        private final String password;

        private Match(int line, String password) {
            this.line = line;
            this.password = password;
        }

        /** {@return the number of the line, from 1} */
        public int line() {
            return line;
        }

        /** {@return the password; sensitive} */
        public String password() {
            return password;
        }

        @Override
        public String toString() {
            return "Match[line=" + line + ", password=<redacted>]";
        }
    }
}
