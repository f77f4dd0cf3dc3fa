package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.TextFile;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.secret.SecretLogin;
import dev.wellhead.internal.text.JsonShape;
import java.nio.file.Path;

/** Reads a file whose whole content is a password, without one final line break. */
final class PasswordFile implements LoginLookup {

    private final String user;
    private final Path file;
    private final String subject;

    /** @param subject the start of a sentence about the file: {@code DB_PASSWORD_FILE names /run/password, which} */
    PasswordFile(String user, Path file, String subject) {
        this.user = user;
        this.file = file;
        this.subject = subject;
    }

    @Override
    public SecretLogin read(LoginTarget target, boolean isRefused) throws CredentialsException {
        String password = checked(TextFile.withoutFinalLineBreak(text()), subject);
        return new SecretLogin(Credentials.of(user, password, LABEL), null);
    }

    private String text() throws CredentialsException {
        try {
            return TextFile.text(file, FileKind.PASSWORD);
        } catch (UnreadableFileException e) {
            throw new CredentialsException(subject + " " + e.reason() + ".", e.fix(), e.getCause());
        }
    }

    /** {@return the content of a password file} A content that is not only a password is refused. */
    static String checked(String text, String subject) throws CredentialsException {
        if (text.isEmpty()) {
            throw unusable(subject + " is empty", "Write the password into it.");
        }
        if (text.charAt(0) == JsonShape.BYTE_ORDER_MARK) {
            throw unusable(subject + " starts with a byte order mark", "Save it as UTF-8 without one.");
        }
        JsonShape shape = JsonShape.of(text);
        if (shape != null && shape != JsonShape.STRING) {
            throw unusable(
                    subject + " contains " + shape.description() + " and not only a password",
                    "Write only the password into it, without the other fields.");
        }
        if (text.indexOf('\0') >= 0) {
            throw unusable(
                    subject + " contains a NUL character, which a password cannot have",
                    "Write the password into it as plain text.");
        }
        return text;
    }

    private static CredentialsException unusable(String problem, String fix) {
        return new CredentialsException(problem + ".", fix, null);
    }
}
