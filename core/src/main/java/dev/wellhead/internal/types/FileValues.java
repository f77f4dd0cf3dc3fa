package dev.wellhead.internal.types;

import dev.wellhead.internal.pem.PemBlocks;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import dev.wellhead.tls.FileOrPem;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Parses paths, and values that are a path or PEM text. Users often put the content of a file into a variable for its
 * path, so a value is a path only if it cannot be a key or a password, and only then may messages show it.
 */
final class FileValues {

    private static final String ABSOLUTE_PATH = "Write the absolute path of the file.";
    private static final String WRITE_PEM =
            "Write the path of the file, or its PEM text with the lines -----BEGIN ...----- and -----END ...-----.";

    private static final byte DER_SEQUENCE = 0x30;

    private FileValues() {}

    /** A relative path is relative to the working directory. */
    static Path file(Setting<?> setting, String text) throws InvalidValueException {
        TextValues.text(text);
        if (PemBlocks.isIn(text)) {
            throw new InvalidValueException("PEM text, not the path of a file", ABSOLUTE_PATH);
        }
        Path path = path(text, ABSOLUTE_PATH);
        if (PathText.isPlausible(text)) {
            return path;
        }
        if (containsPassword(setting)) {
            throw new InvalidValueException(
                    (path.isAbsolute() ? "not a path" : "a relative name that is no existing file")
                            + ", and may be the password itself, so it is not shown",
                    ABSOLUTE_PATH,
                    "If the value is the password itself, it belongs in the setting password ("
                            + TextValues.passwordVariable(setting) + ").");
        }
        throw notPlausible(text, "not a path", ABSOLUTE_PATH);
    }

    static Path directory(String text) throws InvalidValueException {
        String fix = "Write the absolute path of the directory.";
        Path path = path(TextValues.text(text), fix);
        if (!PathText.isPlausible(text)) {
            throw new InvalidValueException("not the path of a directory, so it is not shown", fix);
        }
        return path;
    }

    /** The text may be the value itself, and the value a password. */
    static Path fileOfValue(String text, String variable) throws InvalidValueException {
        TextValues.text(text);
        Path path = path(text, ABSOLUTE_PATH);
        if (!PathText.isPlausible(text)) {
            throw new InvalidValueException(
                    (path.isAbsolute() ? "not a path" : "a relative name that is no existing file")
                            + ", and may be the value itself, so it is not shown",
                    ABSOLUTE_PATH,
                    "If it is the value itself, set it as " + variable + ".");
        }
        return path;
    }

    static FileOrPem fileOrPem(String text) throws InvalidValueException {
        TextValues.text(text);
        if (PemBlocks.isIn(text)) {
            return pem(text);
        }
        String content = decoded(text);
        if (content.startsWith("-----BEGIN ")) {
            throw new InvalidValueException(
                    "PEM text that is encoded with base64 once more", "Decode it once (base64 -d).");
        }
        if (isDer(content)) {
            throw new InvalidValueException("base64 without the lines of PEM text around it", WRITE_PEM);
        }
        Path path = path(text, WRITE_PEM);
        FileOrPem value = FileOrPem.ofFile(path);
        if (!value.isSystem() && !PathText.isPlausible(text)) {
            throw notPlausible(text, "neither a path nor PEM text", WRITE_PEM);
        }
        return value;
    }

    private static InvalidValueException notPlausible(String text, String otherwise, String fix) {
        String what = PathText.resemblesKey(text) ? otherwise : "a relative name that is no existing file";
        return new InvalidValueException(what + ", and may be a key, so it is not shown", fix);
    }

    private static FileOrPem pem(String text) throws InvalidValueException {
        try {
            return FileOrPem.ofPem(text);
        } catch (IllegalArgumentException e) {
            if (startsWithQuote(text.strip())) {
                throw new InvalidValueException(
                        "PEM text in quotes, and the quotes are part of the value",
                        "Remove the quotes. A file for docker --env-file, for example, must not have them.");
            }
            throw new InvalidValueException(
                    "PEM text without a complete block",
                    "Check that the whole text was copied, from the line -----BEGIN ...----- to the line"
                            + " -----END ...-----.");
        }
    }

    private static boolean startsWithQuote(String text) {
        return text.startsWith("\"") || text.startsWith("'");
    }

    /** Rejects quotes and a line break around a path. Around any other text, they may belong to a key or a password. */
    private static void rejectAddedText(String text) throws InvalidValueException {
        String written = text.strip();
        String inside = AddedText.isInQuotes(written) ? written.substring(1, written.length() - 1) : written;
        if (inside.length() < text.length() && PathText.isPlausible(inside)) {
            AddedText.reject(text);
        }
    }

    private static Path path(String text, String fix) throws InvalidValueException {
        rejectAddedText(text);
        PathText.requireExpanded(text);
        if (!PathText.hasFormOfPath(text)) {
            throw new InvalidValueException("not a path, so it is not shown", fix);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidValueException("not a valid path on this system", fix);
        }
    }

    /** {@return whether a value of this setting, or a part of it, cannot be a key or a password} */
    static boolean mayBeShown(Setting<?> setting, String text) {
        if (setting.kind() == ValueKind.COMMAND) {
            return false;
        }
        boolean isFile = setting.kind() == ValueKind.FILE || setting.kind() == ValueKind.FILE_OR_PEM;
        return !isFile || PathText.isPlausible(text);
    }

    /** Compares names, because the setting can be the definition of another catalogue. */
    private static boolean containsPassword(Setting<?> setting) {
        String name = setting.name();
        return name.equals(Settings.PASSWORD_FILE.name())
                || name.equals(Settings.SECRET_FILE.name())
                || name.equals(Settings.PASSFILE.name());
    }

    /** Returns the decoded text if the text is long and consists only of base64; otherwise an empty text. */
    private static String decoded(String text) {
        if (text.length() < PathText.SHORTEST_KEY || !text.matches("[A-Za-z0-9+/=\\s]+")) {
            return "";
        }
        String base64 = text.replaceAll("[=\\s]", "");
        // whole groups only, because a part of a key is as secret as the key
        byte[] bytes = Base64.getDecoder().decode(base64.substring(0, base64.length() / 4 * 4));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Every key and certificate in DER is a sequence. Its length has one to three bytes. */
    private static boolean isDer(String content) {
        if (content.length() < 2 || content.charAt(0) != DER_SEQUENCE) {
            return false;
        }
        char length = content.charAt(1);
        return length == 0x81 || length == 0x82 || (length < 0x80 && length + 2 >= content.length());
    }
}
