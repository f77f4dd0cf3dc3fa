package dev.wellhead.internal.secret;

import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;

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

    /** {@return the fields that the settings name} */
    public static SecretKeys of(DatabaseSettings settings) {
        return new SecretKeys(
                settings.get(Settings.SECRET_USER_KEY),
                settings.get(Settings.SECRET_PASSWORD_KEY),
                SettingReference.of(settings, Settings.SECRET_USER_KEY),
                SettingReference.of(settings, Settings.SECRET_PASSWORD_KEY));
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
