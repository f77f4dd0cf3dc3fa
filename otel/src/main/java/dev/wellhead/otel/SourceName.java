package dev.wellhead.otel;

import dev.wellhead.settings.CredentialsSource;

/** The kind of a source of credentials, never the source itself: its name may tell more than it should. */
final class SourceName {

    private SourceName() {}

    static String of(CredentialsSource source) {
        if (source instanceof CredentialsSource.PasswordFile) {
            return "password_file";
        }
        if (source instanceof CredentialsSource.Passfile) {
            return "passfile";
        }
        if (source instanceof CredentialsSource.Secret) {
            return "secret";
        }
        if (source instanceof CredentialsSource.Iam) {
            return "iam";
        }
        return source instanceof CredentialsSource.Fixed ? "password" : "supplied";
    }

    /** {@return whether there can be a rotation to tell of} */
    static boolean canChange(CredentialsSource source) {
        return !(source instanceof CredentialsSource.Fixed);
    }

    /** {@return whether the source is looked at again and again} Tokens are made, and of others nothing is known. */
    static boolean isRefreshed(CredentialsSource source) {
        return source instanceof CredentialsSource.PasswordFile
                || source instanceof CredentialsSource.Passfile
                || source instanceof CredentialsSource.Secret;
    }
}
