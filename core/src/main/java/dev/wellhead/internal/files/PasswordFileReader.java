package dev.wellhead.internal.files;

import dev.wellhead.credentials.CredentialsException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file whose whole content is a password, one final line break aside. */
public final class PasswordFileReader {

    /** Far above any password (a server reads at most 65535 bytes of it), far below what would hurt. */
    public static final int LARGEST_BYTES = 65_535;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final String setting;

    /** @param setting the variable that names the file, for messages */
    public PasswordFileReader(Path file, String setting) {
        this.file = file;
        this.setting = setting;
    }

    public String read() throws CredentialsException {
        String text = withoutFinalLineBreak(decode(bytes()));
        if (text.isEmpty()) {
            throw unusable("is empty", "Write the password into it.");
        }
        if (text.charAt(0) == BYTE_ORDER_MARK) {
            throw unusable("starts with a byte order mark", "Save it as UTF-8 without one.");
        }
        if (text.indexOf('\0') >= 0) {
            throw unusable(
                    "holds a NUL character, which no password can", "Write the password into it, as plain text.");
        }
        return text;
    }

    private byte[] bytes() throws CredentialsException {
        // not Files.newInputStream: its channel closes when the reading thread is interrupted
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw unusable(
                        "is larger than " + LARGEST_BYTES + " bytes", "Name the file that holds the password alone.");
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw unusable(
                    e,
                    Files.isDirectory(file)
                            ? "is a directory"
                            : Files.exists(file) ? "cannot be read by this user" : "does not exist");
        } catch (IOException e) {
            throw unusable(e, "cannot be read (" + e.getMessage() + ")");
        }
    }

    private String decode(byte[] bytes) throws CredentialsException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // without the cause: nothing about the bytes of a password belongs into a log
            throw unusable("is not UTF-8 text", "Save it as UTF-8.");
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
        return new CredentialsException(setting + " names " + file + ", which " + what + ".", fix, null);
    }

    private CredentialsException unusable(IOException cause, String what) {
        return new CredentialsException(
                setting + " names " + file + ", which " + what + ".",
                "Name a file that this process can read and that holds the password alone.",
                cause);
    }
}
