package dev.wellhead.credentials;

import dev.wellhead.internal.text.SafeText;
import java.util.Objects;

/**
 * A user and its password as one value, because a rotation can change both. Immutable and thread-safe. Only
 * {@link #password()} returns the password; {@link #toString()} does not show it.
 */
public final class Credentials {

    private final String user;
    private final String password;
    private final String label;

    private Credentials(String user, String password, String label) {
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
        this.label = SafeText.of(Objects.requireNonNull(label, "label"));
        requireNoNul(user, "user");
        requireNoNul(password, "password");
    }

    /**
     * A NUL character ends a string in PostgreSQL's protocol. The server would read the rest of the user name as
     * another session parameter.
     */
    private static void requireNoNul(String text, String what) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The " + what + " contains a NUL character.");
        }
    }

    /**
     * {@return credentials}
     *
     * @param user the role to log in as
     * @param password its password, or an authentication token
     * @param label distinguishes these credentials from others in a log ({@code "AWSPENDING"}); not sensitive
     * @throws IllegalArgumentException if the user or the password contains a NUL character, which PostgreSQL does not
     *     support
     */
    public static Credentials of(String user, String password, String label) {
        return new Credentials(user, password, label);
    }

    /**
     * {@return credentials without a password, for a server that authenticates the client certificate or nothing} If
     * the server requests a password, the login fails and nothing is sent.
     *
     * @param user the role to log in as
     * @param label distinguishes these credentials from others in a log; not sensitive
     */
    public static Credentials withoutPassword(String user, String label) {
        return new Credentials(user, "", label);
    }

    /** {@return the role to log in as} */
    public String user() {
        return user;
    }

    /** {@return whether there is a password} As in libpq, an empty password counts as no password. */
    public boolean hasPassword() {
        return !password.isEmpty();
    }

    /** {@return the password; sensitive; empty if there is none} */
    public String password() {
        return password;
    }

    /** {@return the label that distinguishes these credentials from others in a log} */
    public String label() {
        return label;
    }

    /** {@return whether {@code other} has the same user and password; labels are not compared} */
    public boolean sameLogin(Credentials other) {
        return user.equals(other.user) && password.equals(other.password);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + SafeText.of(user) + ", password=<redacted>, label=" + label + "]";
    }
}
