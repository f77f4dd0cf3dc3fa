package dev.wellhead.aws;

import dev.wellhead.Databases;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection URL that is kept as a secret. It is read as {@code DATABASE_URL} is, by core, so both mean the same.
 *
 * @param user the user it names
 * @param password the password it holds
 * @param location the server it names
 */
record SecretUrl(@Nullable String user, @Nullable Sensitive password, ServerLocation location) {

    /** A database nobody else has: the settings of the unnamed one, in a configuration file, are none of the secret's. */
    private static final String NAME = "wellhead-secret-url";

    private static final String VARIABLE = "WELLHEAD_SECRET_URL_DATABASE_URL";

    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://", "jdbc:postgresql:");

    static boolean isUrl(String text) {
        for (String scheme : SCHEMES) {
            if (text.startsWith(scheme)) {
                return true;
            }
        }
        return false;
    }

    static SecretUrl parse(String text, String secretId) throws CredentialsException {
        DatabaseSettings url;
        try {
            // a lenient environment: what the URL leaves out is not a problem here
            url = Databases.resolve(NAME, Map.of("ENVIRONMENT", "local", VARIABLE, text));
        } catch (ConfigurationException e) {
            throw new CredentialsException("The secret '" + secretId + "' is a connection URL that cannot be used: "
                    + e.problems().get(0).message().replace(VARIABLE, "the URL"));
        }
        if (url.hosts().size() > 1) {
            throw new CredentialsException("The secret '" + secretId + "' is a connection URL of several hosts; one is"
                    + " supported. Set the list with DB_HOST.");
        }
        HostAndPort server = url.hosts().isEmpty() ? null : url.hosts().get(0);
        Sensitive password =
                url.credentialsSource() instanceof CredentialsSource.Fixed fixed && says(url, Settings.PASSWORD)
                        ? fixed.value()
                        : null;
        return new SecretUrl(
                says(url, Settings.USER) ? url.user() : null,
                password,
                new ServerLocation(
                        server != null && says(url, Settings.HOST) ? server.host() : null,
                        server != null && says(url, Settings.PORT) ? (Integer) server.port() : null,
                        says(url, Settings.NAME) ? url.databaseName() : null,
                        says(url, Settings.SSLMODE) ? url.sslMode() : null));
    }

    private static boolean says(DatabaseSettings url, Setting<?> setting) {
        return url.explain(setting)
                .filter(found -> found.origin().kind() == Origin.Kind.ENVIRONMENT_VARIABLE)
                .isPresent();
    }
}
