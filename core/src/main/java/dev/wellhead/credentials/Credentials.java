package dev.wellhead.credentials;

import java.util.Objects;

/**
 * A user and its password as one value: they are always swapped together. Immutable and thread-safe. The password
 * leaves this object only through {@link #password()}; {@link #toString()} never shows it.
 */
public final class Credentials {

    private final String user;
    private final String password;
    private final String label;

    private Credentials(String user, String password, String label) {
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
        this.label = Objects.requireNonNull(label, "label");
    }

    /**
     * {@return credentials}
     *
     * @param user the role to log in as
     * @param password its password, or an authentication token
     * @param label what a person may read in a log to tell these from others ({@code "AWSPENDING"}); never sensitive
     */
    public static Credentials of(String user, String password, String label) {
        return new Credentials(user, password, label);
    }

    /** {@return the role to log in as} */
    public String user() {
        return user;
    }

    /** {@return the password; sensitive} */
    public String password() {
        return password;
    }

    /** {@return what tells these credentials from others, for people} */
    public String label() {
        return label;
    }

    /** {@return whether {@code other} would log in the same way; the label does not count} */
    public boolean sameLogin(Credentials other) {
        return user.equals(other.user) && password.equals(other.password);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=<redacted>, label=" + label + "]";
    }
}
