package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.files.FileGroup;
import dev.wellhead.internal.files.FileKind;
import dev.wellhead.internal.files.UnreadableFileException;
import dev.wellhead.internal.secret.SecretKeys;
import dev.wellhead.internal.secret.SecretLogin;
import java.nio.file.Path;
import java.util.Map;

/** Reads two files, one with the user and one with the password, which change together. */
final class UserAndPasswordFiles implements LoginLookup {

    private static final SecretKeys NAMES = new SecretKeys("user", "password", "", "");

    private final Map<String, Path> files;
    private final String userSubject;
    private final String passwordSubject;
    private final SettledFiles settled;

    /**
     * @param userSubject the start of a sentence about the user file: {@code DB_USER_FILE names /run/user, which}
     * @param passwordSubject the same for the password file
     */
    UserAndPasswordFiles(
            Path userFile, String userSubject, Path passwordFile, String passwordSubject, RefreshClock clock) {
        this.files = Map.of(NAMES.user(), userFile, NAMES.password(), passwordFile);
        this.userSubject = userSubject;
        this.passwordSubject = passwordSubject;
        this.settled = new SettledFiles(NAMES, FileKind.PASSWORD, clock);
    }

    @Override
    public SecretLogin read(LoginTarget target, boolean isRefused) throws CredentialsException {
        FileGroup group = group(isRefused);
        String user = String.valueOf(group.text(NAMES.user()));
        String password = PasswordFile.checked(String.valueOf(group.text(NAMES.password())), passwordSubject);
        if (user.isBlank() || user.indexOf('\0') >= 0) {
            throw new CredentialsException(
                    userSubject + (user.isBlank() ? " is empty." : " contains a NUL character."),
                    "Write the user into it as plain text.",
                    null);
        }
        return new SecretLogin(Credentials.of(user, password, LABEL), null);
    }

    @Override
    public void settle() throws CredentialsException {
        try {
            settled.settle(files);
        } catch (UnreadableFileException e) {
            throw unreadable(e);
        }
    }

    private FileGroup group(boolean isRefused) throws CredentialsException {
        try {
            return settled.read(files, isRefused);
        } catch (UnreadableFileException e) {
            throw unreadable(e);
        }
    }

    private CredentialsException unreadable(UnreadableFileException e) {
        return new CredentialsException(
                "One of the files of user and password " + e.reason() + ": " + files.get(NAMES.user()) + ", "
                        + files.get(NAMES.password()) + ".",
                e.fix(),
                e.getCause());
    }
}
