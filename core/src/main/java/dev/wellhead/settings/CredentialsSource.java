package dev.wellhead.settings;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one place user and password of a database come from, as decided by the settings. Safe to print. */
public sealed interface CredentialsSource {

    /**
     * A password that is written down in the configuration.
     *
     * @param user the role to log in as
     * @param value the password
     */
    record Fixed(String user, Sensitive value) implements CredentialsSource {}

    /**
     * A file that holds the password and nothing else.
     *
     * @param user the role to log in as
     * @param file the mounted file, which may change at any time
     */
    record PasswordFile(String user, Path file) implements CredentialsSource {}

    /**
     * The password file of libpq; a line matches at least one server.
     *
     * @param user the role to log in as
     * @param file the file, which may change at any time
     */
    record Passfile(String user, Path file) implements CredentialsSource {}

    /** A secret in a secret store, which also holds the user unless a setting says it. */
    final class Secret implements CredentialsSource {

        private final String secretId;
        private final @Nullable String user;

        public Secret(String secretId, @Nullable String user) {
            this.secretId = Objects.requireNonNull(secretId, "secretId");
            this.user = user;
        }

        /** {@return the name or ARN of the secret, which is not sensitive} */
        public String secretId() {
            return secretId;
        }

        /** {@return the role to log in as where a setting says it; {@code null} where the secret says it} */
        public @Nullable String user() {
            return user;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Secret that && secretId.equals(that.secretId) && Objects.equals(user, that.user);
        }

        @Override
        public int hashCode() {
            return Objects.hash(secretId, user);
        }

        @Override
        public String toString() {
            return "Secret[secretId=" + secretId + ", user=" + user + "]";
        }
    }

    /**
     * RDS IAM authentication tokens.
     *
     * @param user the role to log in as
     */
    record Iam(String user) implements CredentialsSource {}

    /** The provider that was set on the builder. */
    record Supplied() implements CredentialsSource {}
}
