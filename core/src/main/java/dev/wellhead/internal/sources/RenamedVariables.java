package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.DatabaseName;
import java.util.Map;
import java.util.Optional;

/** Variables of other libraries: some have another name in Wellhead, and some are deliberately not settings. */
final class RenamedVariables {

    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("DB_USERNAME", "DB_USER"),
            Map.entry("DB_USER_NAME", "DB_USER"),
            Map.entry("DB_PASS", "DB_PASSWORD"),
            Map.entry("DB_PWD", "DB_PASSWORD"),
            Map.entry("DB_DATABASE", "DB_NAME"),
            Map.entry("DB_DATABASE_NAME", "DB_NAME"),
            Map.entry("DB_DBNAME", "DB_NAME"),
            Map.entry("DB_HOSTNAME", "DB_HOST"),
            Map.entry("DB_SERVER", "DB_HOST"),
            Map.entry("DB_SSL_MODE", "DB_SSLMODE"),
            Map.entry("DB_SSL_ROOT_CERT", "DB_SSLROOTCERT"),
            Map.entry("DB_SSL", "DB_SSLMODE"),
            Map.entry("DB_CATALOG", "DB_NAME"),
            Map.entry("DB_POOL_SIZE", "DB_MAXIMUM_POOL_SIZE"),
            Map.entry("DB_POOL_MAX", "DB_MAXIMUM_POOL_SIZE"),
            Map.entry("DB_MAX_POOL_SIZE", "DB_MAXIMUM_POOL_SIZE"),
            Map.entry("DB_POOL_MIN", "DB_MINIMUM_IDLE"),
            Map.entry("DB_SEARCH_PATH", "DB_SCHEMA"),
            Map.entry("DB_CURRENT_SCHEMA", "DB_SCHEMA"),
            Map.entry("DB_LOGIN_TIMEOUT", "DB_CONNECT_TIMEOUT"),
            Map.entry("DB_INITIALIZATION_FAIL_TIMEOUT", "DB_STARTUP_TIMEOUT"));

    private static final Map<String, String> ABSENT = Map.of(
            "DB_DRIVER_CLASS_NAME", "Remove it: the driver is always PostgreSQL's.",
            "DB_DATA_SOURCE_CLASS_NAME", "Remove it: the driver is always PostgreSQL's.",
            "DB_CONNECTION_TEST_QUERY", "Remove it: the driver checks connections without a query.",
            "DB_DATA_SOURCE_PROPERTIES", "Remove it: set each option by its own name.");

    private RenamedVariables() {}

    /**
     * {@return the fix for a variable of another library; {@code bare} is its name without the prefix of the database}
     */
    static Optional<String> fix(String bare, DatabaseName name) {
        if (bare.equals("DB_URL") || bare.equals("DB_JDBC_URL") || bare.equals("DB_DATABASE_URL")) {
            return Optional.of("Set " + name.urlVariable() + "; it accepts postgresql:// and jdbc:postgresql:// URLs.");
        }
        String renamed = RENAMED.get(bare);
        return renamed == null
                ? Optional.ofNullable(ABSENT.get(bare))
                : Optional.of("Set " + name.prefix() + renamed + ".");
    }
}
