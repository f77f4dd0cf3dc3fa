package dev.wellhead;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.ConnectionFailedException;
import java.sql.SQLException;
import java.util.Map;

/**
 * Opens databases. Thread-safe.
 *
 * <p>Settings come from these sources, strongest first: the builder, system properties
 * ({@code wellhead.databases.<name>.*}), the environment ({@code DATABASE_URL} and {@code DB_*}),
 * {@code application.conf}, the secret that holds the credentials, the service binding of the platform, libpq
 * ({@code PGSERVICE}, {@code PG*}, {@code .pgpass}), and defaults.
 */
public final class Databases {

    private Databases() {}

    /**
     * {@return the default database, opened with the settings of this process; the caller closes it} If the database is
     * starting, this waits up to startupTimeout.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws ConnectionFailedException if no connection opens; it contains the kind of failure, the setting to check
     *     and the remedy
     * @throws SQLException if the database refuses to set up the first connection
     */
    public static Database fromEnvironment() throws SQLException {
        return builder().open();
    }

    /**
     * {@return the database with this name; the caller closes it} As {@link #fromEnvironment()}, but the settings are
     * {@code <NAME>_DATABASE_URL}, {@code <NAME>_DB_*} and {@code wellhead.databases.<name>}; those of the default
     * database are not used.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     * @throws SQLException if the database does not open
     */
    public static Database fromEnvironment(String name) throws SQLException {
        return builder().name(name).open();
    }

    /**
     * {@return the settings that {@code environment} contains for the default database} Opens nothing, and does not
     * read this process's environment and system properties.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static DatabaseSettings resolve(Map<String, String> environment) {
        return builder().environment(environment).resolve();
    }

    /**
     * {@return the settings that {@code environment} contains for the database with this name} As
     * {@link #resolve(Map)}.
     *
     * @throws ConfigurationException if settings are missing or invalid; it contains every problem
     */
    public static DatabaseSettings resolve(String name, Map<String, String> environment) {
        return builder().name(name).environment(environment).resolve();
    }

    /**
     * {@return a database opened with these settings; the caller closes it}
     *
     * @throws ConfigurationException if they need a module that is not on the class path
     * @throws SQLException if the database does not open
     */
    public static Database open(DatabaseSettings settings) throws SQLException {
        return builder().open(settings);
    }

    /** {@return a builder that starts with the settings of this process} */
    public static DatabaseBuilder builder() {
        return new DatabaseBuilder();
    }
}
