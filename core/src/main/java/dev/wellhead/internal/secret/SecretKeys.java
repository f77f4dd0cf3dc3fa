package dev.wellhead.internal.secret;

/**
 * The fields of a secret that contain user and password, and the variables that name these fields. Dots in a name lead
 * into nested objects. Immutable.
 */
public final class SecretKeys {

    private final String user;
    private final String password;
    private final String userVariable;
    private final String passwordVariable;

    /**
     * @param user the field that has the user
     * @param password the field that has the password
     * @param userVariable the variable that sets {@code user}, for messages
     * @param passwordVariable the variable that sets {@code password}, for messages
     */
    public SecretKeys(String user, String password, String userVariable, String passwordVariable) {
        this.user = user;
        this.password = password;
        this.userVariable = userVariable;
        this.passwordVariable = passwordVariable;
    }

    /** {@return the field that has the user} */
    public String user() {
        return user;
    }

    /** {@return the field that has the password} */
    public String password() {
        return password;
    }

    String userVariable() {
        return userVariable;
    }

    String passwordVariable() {
        return passwordVariable;
    }
}
