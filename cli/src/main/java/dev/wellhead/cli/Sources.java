package dev.wellhead.cli;

import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;

/** Where user and password come from, for people. */
final class Sources {

    private Sources() {}

    static String describe(DatabaseSettings settings) {
        CredentialsSource source = settings.credentialsSource();
        if (source instanceof CredentialsSource.Fixed) {
            String origin = settings.explain(Settings.PASSWORD)
                    .map(resolved -> resolved.origin().description())
                    .orElse("the configuration");
            return origin.startsWith("password") ? origin : "password in " + origin;
        }
        if (source instanceof CredentialsSource.PasswordFile file) {
            return "password file " + file.file();
        }
        if (source instanceof CredentialsSource.Passfile file) {
            return "libpq's password file " + file.file();
        }
        if (source instanceof CredentialsSource.Secret secret) {
            return "secret '" + secret.secretId() + "' in AWS Secrets Manager";
        }
        if (source instanceof CredentialsSource.Iam) {
            return "RDS IAM authentication tokens";
        }
        return "a provider of the caller";
    }
}
