package dev.wellhead.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The source of the user and the password of a database. Safe to print. */
public sealed interface CredentialsSource {

    /**
     * A password that is set in the configuration.
     *
     * @param user the role to log in as
     * @param value the password
     */
    record Fixed(String user, Sensitive value) implements CredentialsSource {}

    /**
     * A file that contains only the password.
     *
     * @param user the role to log in as
     * @param file the file, which may be replaced at any time
     */
    record PasswordFile(String user, Path file) implements CredentialsSource {}

    /**
     * libpq's password file, which has a line for at least one server.
     *
     * @param user the role to log in as
     * @param file the file, which may be replaced at any time
     */
    record Passfile(String user, Path file) implements CredentialsSource {}

    /**
     * A secret in a secret store. It also contains the user unless a setting does.
     *
     * @param secretId the name or ARN of the secret
     * @param user the role to log in as; {@code null} if the secret contains it
     */
    record Secret(String secretId, @Nullable String user) implements CredentialsSource {}

    /**
     * RDS IAM authentication tokens.
     *
     * @param user the role to log in as
     */
    record Iam(String user) implements CredentialsSource {}

    /**
     * No password. The server authenticates the client certificate, or nothing.
     *
     * @param user the role to log in as
     * @param kind {@link AuthenticationKind#CERTIFICATE} or {@link AuthenticationKind#NONE}
     */
    record NoPassword(String user, AuthenticationKind kind) implements CredentialsSource {}

    /** The provider that was set on the builder. */
    record Supplied() implements CredentialsSource {}
}
