package dev.wellhead;

import dev.wellhead.settings.DatabaseSettings;
import java.sql.SQLException;
import java.util.Map;

/** Opens databases. All methods are thread-safe. */
public final class Databases {

    private Databases() {}

    /**
     * {@return the default database, resolved from this process: builder, system properties, environment,
     * {@code application.conf}, libpq, defaults} The caller closes it.
     *
     * @throws dev.wellhead.settings.ConfigurationException when settings are missing or wrong, with every problem
     * @throws SQLException when it does not connect, with the class of failure, the setting that led there and the fix
     */
    public static Database fromEnvironment() throws SQLException {
        return builder().open();
    }

    /** {@return the database of this name: {@code <NAME>_DB_*}, {@code wellhead.databases.<name>}} */
    public static Database fromEnvironment(String name) throws SQLException {
        return builder().name(name).open();
    }

    /** {@return what the environment decides for the default database} Pure: no network, no global state. */
    public static DatabaseSettings resolve(Map<String, String> environment) {
        return builder().environment(environment).resolve();
    }

    /** {@return what the environment decides for the database of this name} Pure: no network, no global state. */
    public static DatabaseSettings resolve(String name, Map<String, String> environment) {
        return builder().name(name).environment(environment).resolve();
    }

    /** {@return a database of these settings} The caller closes it. */
    public static Database open(DatabaseSettings settings) throws SQLException {
        return builder().open(settings);
    }

    /** {@return a builder that starts from this process} */
    public static DatabaseBuilder builder() {
        return new DatabaseBuilder();
    }
}
