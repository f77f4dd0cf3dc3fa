package dev.wellhead.internal.secret;

import dev.wellhead.credentials.CredentialsRequest;
import dev.wellhead.internal.resolve.DecidedSettings;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Profile;
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
    private final Catalogue catalogue;

    /**
     * @param user the field that has the user
     * @param password the field that has the password
     * @param userVariable the variable that sets {@code user}, for messages
     * @param passwordVariable the variable that sets {@code password}, for messages
     */
    public SecretKeys(String user, String password, String userVariable, String passwordVariable) {
        this(user, password, userVariable, passwordVariable, Catalogue.DATABASES);
    }

    private SecretKeys(
            String user, String password, String userVariable, String passwordVariable, Catalogue catalogue) {
        this.user = user;
        this.password = password;
        this.userVariable = userVariable;
        this.passwordVariable = passwordVariable;
        this.catalogue = catalogue;
    }

    /** {@return the fields that the settings name} */
    public static SecretKeys of(DatabaseSettings settings) {
        return new SecretKeys(
                settings.get(Settings.SECRET_USER_KEY),
                settings.get(Settings.SECRET_PASSWORD_KEY),
                SettingReference.of(settings, Settings.SECRET_USER_KEY),
                SettingReference.of(settings, Settings.SECRET_PASSWORD_KEY),
                DecidedSettings.catalogueOf(settings));
    }

    /** {@return the fields that the settings of a request name} */
    public static SecretKeys of(CredentialsRequest request) {
        return new SecretKeys(
                request.setting("secretUserKey").orElse("username"),
                request.setting("secretPasswordKey").orElse("password"),
                request.variable("secretUserKey"),
                request.variable("secretPasswordKey"),
                request instanceof OfCatalogue known ? known.catalogue() : Catalogue.DATABASES);
    }

    /** A request with the catalogue of its settings. */
    public interface OfCatalogue extends CredentialsRequest {
        Catalogue catalogue();
    }

    /** {@return the field that has the user} */
    public String user() {
        return user;
    }

    /** {@return the field that has the password} */
    public String password() {
        return password;
    }

    /** {@return whether the server has a default user, and no setting names the field that has the user} */
    boolean isUserOptional() {
        return !catalogue.isOfDatabases()
                && user.equals(
                        Settings.SECRET_USER_KEY.defaultIn(Profile.STRICT).orElse(""));
    }

    /** {@return the kind of service that the secret is for} */
    Catalogue catalogue() {
        return catalogue;
    }

    String userVariable() {
        return userVariable;
    }

    String passwordVariable() {
        return passwordVariable;
    }
}
