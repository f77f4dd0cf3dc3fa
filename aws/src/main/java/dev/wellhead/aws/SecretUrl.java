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
 * A connection URL that is stored as a secret. Core parses it like {@code DATABASE_URL}, so that both have the same
 * meaning.
 *
 * @param user the user in the URL
 * @param password the password in the URL
 * @param location the server in the URL
 */
record SecretUrl(@Nullable String user, @Nullable Sensitive password, ServerLocation location) {

    /** A name of its own, so that no setting of another database in a configuration file applies to the URL. */
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
            // an environment with defaults, so that parts that are missing in the URL are not errors
            url = Databases.resolve(NAME, Map.of("ENVIRONMENT", "local", VARIABLE, text));
        } catch (ConfigurationException e) {
            throw new CredentialsException("The secret '" + secretId + "' is a connection URL that cannot be used: "
                    + e.problems().get(0).message().replace(VARIABLE, "the URL"));
        }
        if (url.hosts().size() > 1) {
            throw new CredentialsException(
                    "The secret '" + secretId + "' is a connection URL with several hosts; only one is supported.",
                    "Set the list with DB_HOST.",
                    null);
        }
        HostAndPort server = url.hosts().isEmpty() ? null : url.hosts().get(0);
        Sensitive password =
                url.credentialsSource() instanceof CredentialsSource.Fixed fixed && isSet(url, Settings.PASSWORD)
                        ? fixed.value()
                        : null;
        return new SecretUrl(
                isSet(url, Settings.USER) ? url.user() : null,
                password,
                new ServerLocation(
                        server != null && isSet(url, Settings.HOST) ? server.host() : null,
                        server != null && isSet(url, Settings.PORT) ? (Integer) server.port() : null,
                        isSet(url, Settings.NAME) ? url.databaseName() : null,
                        isSet(url, Settings.SSLMODE) ? url.sslMode() : null));
    }

    private static boolean isSet(DatabaseSettings url, Setting<?> setting) {
        return url.explain(setting)
                .filter(found -> found.origin().kind() == Origin.Kind.ENVIRONMENT_VARIABLE)
                .isPresent();
    }
}
