package dev.wellhead.settings;

import dev.wellhead.credentials.Authentication;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The source of the user and the password of a database. Safe to print. */
public sealed interface CredentialsSource {

    /**
     * {@return whether this is a secret, which can also contain the user, the host, the port and the name of the
     * database} {@code false} by default.
     */
    default boolean isSecret() {
        return false;
    }

    /** {@return whether this can supply the user, so that no setting has to name one} */
    default boolean maySupplyUser() {
        return isSecret();
    }

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
     * @param userFile the file that contains the user, which is replaced together with {@code file}; {@code null} if the
     *     user does not change
     */
    record PasswordFile(String user, Path file, @Nullable Path userFile) implements CredentialsSource {

        /** A password file for a user that does not change. */
        public PasswordFile(String user, Path file) {
            this(user, file, null);
        }
    }

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
    record Secret(String secretId, @Nullable String user) implements CredentialsSource {

        @Override
        public boolean isSecret() {
            return true;
        }
    }

    /**
     * A file or a directory with the fields of a secret. It also contains the user unless a setting does.
     *
     * @param file a JSON file, a file with a connection URL, or a directory with one file per field; may be replaced at
     *     any time
     * @param user the role to log in as; {@code null} if the file contains it
     */
    record SecretFile(Path file, @Nullable String user) implements CredentialsSource {

        @Override
        public boolean isSecret() {
            return true;
        }
    }

    /**
     * A program that prints the password, or user and password.
     *
     * @param command the program and its arguments
     * @param user the role to log in as if the program does not print one; {@code null} if no setting has one
     */
    record Command(CommandLine command, @Nullable String user) implements CredentialsSource {

        @Override
        public boolean maySupplyUser() {
            return true;
        }
    }

    /**
     * The module that supplies the credentials for the value of the setting {@code auth}.
     *
     * @param authentication what the module declares
     * @param user the role to log in as; {@code null} if the module supplies it
     */
    record Provided(Authentication authentication, @Nullable String user) implements CredentialsSource {

        @Override
        public boolean maySupplyUser() {
            return !authentication.requiresUser();
        }
    }

    /**
     * No password. The server authenticates the client certificate, or nothing.
     *
     * @param user the role to log in as
     * @param authentication {@link Authentication#CERTIFICATE} or {@link Authentication#NONE}
     */
    record NoPassword(String user, Authentication authentication) implements CredentialsSource {}

    /** The provider that was set on the builder. */
    record Supplied() implements CredentialsSource {

        @Override
        public boolean maySupplyUser() {
            return true;
        }
    }
}
