package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.text.JsonShape;
import java.nio.file.Path;

/** Reads a file whose whole content is a password, without one final line break. */
final class PasswordFile {

    private final Path file;
    private final String setting;

    /** @param setting the variable that names the file, for messages */
    PasswordFile(Path file, String setting) {
        this.file = file;
        this.setting = setting;
    }

    String read() throws CredentialsException {
        String text = withoutFinalLineBreak(text());
        if (text.isEmpty()) {
            throw unusable("is empty", "Write the password into it.");
        }
        if (text.charAt(0) == JsonShape.BYTE_ORDER_MARK) {
            throw unusable("starts with a byte order mark", "Save it as UTF-8 without one.");
        }
        JsonShape shape = JsonShape.of(text);
        if (shape != null && shape != JsonShape.STRING) {
            throw unusable(
                    "contains " + shape.description() + " and not only a password",
                    "Write only the password into it, without the other fields.");
        }
        if (text.indexOf('\0') >= 0) {
            throw unusable(
                    "contains a NUL character, which a password cannot have",
                    "Write the password into it as plain text.");
        }
        return text;
    }

    private String text() throws CredentialsException {
        try {
            return TextFile.text(file, FileKind.PASSWORD);
        } catch (UnreadableFileException e) {
            throw new CredentialsException(sentence(e.reason()), e.fix(), e.getCause());
        }
    }

    private static String withoutFinalLineBreak(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return text.substring(0, end);
    }

    private CredentialsException unusable(String what, String fix) {
        return new CredentialsException(sentence(what), fix, null);
    }

    private String sentence(String what) {
        return setting + " (" + file + ") " + what + ".";
    }
}
