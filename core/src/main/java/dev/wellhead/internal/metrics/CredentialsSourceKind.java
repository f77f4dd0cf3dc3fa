package dev.wellhead.internal.metrics;

import dev.wellhead.settings.CredentialsSource;

/**
 * The values of {@code wellhead.credentials.source}: only the kind, because a file's path or a secret's name may be
 * confidential.
 */
public final class CredentialsSourceKind {

    private CredentialsSourceKind() {}

    public static String of(CredentialsSource source) {
        if (source instanceof CredentialsSource.PasswordFile) {
            return "password_file";
        }
        if (source instanceof CredentialsSource.Passfile) {
            return "passfile";
        }
        if (source instanceof CredentialsSource.Secret) {
            return "secret";
        }
        if (source instanceof CredentialsSource.SecretFile) {
            return "secret_file";
        }
        if (source instanceof CredentialsSource.Command) {
            return "command";
        }
        if (source instanceof CredentialsSource.Provided provided) {
            return provided.authentication().word();
        }
        if (source instanceof CredentialsSource.NoPassword none) {
            return none.authentication().word();
        }
        return source instanceof CredentialsSource.Fixed ? "password" : "supplied";
    }

    /** {@return whether a rotation is possible} */
    static boolean canChange(CredentialsSource source) {
        return !(source instanceof CredentialsSource.Fixed) && !(source instanceof CredentialsSource.NoPassword);
    }

    /**
     * {@return whether the source is read again and again} Authentication tokens are computed, and nothing is known about
     * other modules and the caller's own provider.
     */
    static boolean isRefreshed(CredentialsSource source) {
        return source instanceof CredentialsSource.PasswordFile
                || source instanceof CredentialsSource.Passfile
                || source instanceof CredentialsSource.Command
                || source.isSecret();
    }
}
