package dev.wellhead.internal.types;

import dev.wellhead.internal.files.RegularFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Decides whether a text is plausibly a path. Users often put a key, a password or a secret into a variable for its
 * path, so every other text is refused and never shown.
 */
public final class PathText {

    /** The longest file name on common file systems, and the longest path on Linux. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4096;

    /** No key is shorter in base64. */
    static final int SHORTEST_KEY = 40;

    /** In a key, the class of the characters changes at least once in this many characters; in words, less often. */
    private static final int WORD_LENGTH = 6;

    private PathText() {}

    /** {@return whether the text is an absolute path of ordinary shape, or the path of an existing file} */
    public static boolean isPlausible(String text) {
        if (!hasFormOfPath(text)) {
            return false;
        }
        try {
            Path path = Path.of(text);
            return (path.isAbsolute() && !resemblesKey(text)) || RegularFiles.exists(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Refuses a path that a shell or systemd would have to expand.
     *
     * @throws InvalidValueException if there is something to expand, with the reason
     */
    public static void requireExpanded(String text) throws InvalidValueException {
        if (startsWithHome(text)) {
            throw new InvalidValueException(
                    "a path that starts with ~, which only a shell expands", "Write the whole path.");
        }
        if (hasVariable(text)) {
            throw new InvalidValueException(
                    "a path with a variable, which only a shell expands",
                    text.contains("CREDENTIALS_DIRECTORY")
                            ? "In a unit file of systemd, write %d for the directory of the credentials."
                            : "Write the whole path.");
        }
        if (startsWithSpecifier(text)) {
            throw new InvalidValueException(
                    "a path that starts with a specifier of systemd, which is expanded only in unit files",
                    "Set the variable with Environment= in the unit, not in a file of EnvironmentFile=, or write the"
                            + " whole path.");
        }
    }

    /** {@return whether the text starts with {@code ~}, {@code ~/} or the name of a user, as in {@code ~app/}} */
    private static boolean startsWithHome(String text) {
        return text.equals("~") || (text.startsWith("~") && text.indexOf('/') > 0);
    }

    /**
     * {@return whether a name in the path is probably a variable, as in {@code $HOME/root.crt}, {@code ${DIR}/root.crt}
     * or {@code %DIR%\root.crt}}
     */
    private static boolean hasVariable(String text) {
        for (int i = text.indexOf('$'); i >= 0 && i + 1 < text.length(); i = text.indexOf('$', i + 1)) {
            char next = text.charAt(i + 1);
            boolean startsName = i == 0 || text.charAt(i - 1) == '/';
            if (next == '{' || next == '(' || (startsName && (classOf(next) == 'A' || next == '_'))) {
                return true;
            }
        }
        return text.startsWith("$") || (text.startsWith("%") && text.indexOf('%', 2) > 0);
    }

    /** {@return whether the text starts with a letter after a percent sign} Source: systemd.unit(5), "Specifiers". */
    private static boolean startsWithSpecifier(String text) {
        return text.length() > 2 && text.charAt(0) == '%' && text.charAt(2) == '/';
    }

    /** {@return whether the text is one line and no part of it is too long} */
    static boolean hasFormOfPath(String text) {
        if (text.length() > LONGEST_PATH) {
            return false;
        }
        int name = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            name = c == '/' || c == '\\' ? 0 : name + 1;
            if (Character.isISOControl(c) || name > LONGEST_NAME) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the text contains a key in some encoding, or JSON} A damaged or encoded key is still a key. */
    static boolean resemblesKey(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return text.contains("BEGIN")
                || text.contains("PRIVATE KEY")
                || text.indexOf('{') >= 0
                || text.indexOf('}') >= 0
                || text.indexOf('"') >= 0
                || text.contains("\\n")
                || lower.contains("%0a")
                || lower.startsWith("data:")
                || lower.startsWith("base64:")
                || containsBase64(text);
    }

    private static boolean containsBase64(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isBase64(text.charAt(i))) {
                if (i - start >= SHORTEST_KEY && isRandom(text, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isBase64(char c) {
        return classOf(c) != 0 || c == '/';
    }

    /**
     * Returns whether letters of both cases, digits and signs alternate as in random text. A long path without dots and
     * hyphens also consists of the characters of base64, but of words.
     */
    private static boolean isRandom(String text, int start, int end) {
        int changes = 0;
        boolean hasUpper = false;
        boolean hasLower = false;
        char before = '/';
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            hasUpper |= classOf(c) == 'A';
            hasLower |= classOf(c) == 'a';
            boolean startsWord = classOf(before) == 'A' && classOf(c) == 'a';
            if (before != '/' && c != '/' && classOf(before) != classOf(c) && !startsWord) {
                changes++;
            }
            before = c;
        }
        return hasUpper && hasLower && changes * WORD_LENGTH >= end - start;
    }

    /** Returns a character that represents the class of a character in base64; 0 for any other character. */
    private static char classOf(char c) {
        if (c >= 'a' && c <= 'z') {
            return 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return 'A';
        }
        if (c >= '0' && c <= '9') {
            return '0';
        }
        return c == '+' || c == '=' ? '+' : 0;
    }
}
