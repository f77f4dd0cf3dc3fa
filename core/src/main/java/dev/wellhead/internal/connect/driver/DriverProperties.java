package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties that pgjdbc gets for one database. None of them is sensitive, because the driver keeps and logs them.
 *
 * <p>With these properties a connect needs no query: the startup packet contains everything about the session. (The
 * driver sends one {@code SET extra_float_digits} to servers older than PostgreSQL 12.)
 */
public final class DriverProperties {

    private static final long MILLIS_PER_SECOND = 1000;
    /** One day, in seconds and milliseconds: longer than any attempt, so that only our own deadline ends one. */
    private static final String DAY_SECONDS = "86400";

    private static final String DAY_MILLIS = "86400000";

    private final Properties common = new Properties();

    public DriverProperties(DatabaseSettings settings) {
        // first, so that none of them replaces one of ours
        common.putAll(settings.driverProperties());
        set("PGDBNAME", settings.databaseName());
        // otherwise the driver sends the application name in a query
        set("assumeMinServerVersion", "12");
        set("ApplicationName", settings.find(Settings.APPLICATION_NAME).orElse(null));
        set("gssEncMode", "disable");
        set("targetServerType", "any");
        set("connectTimeout", "0");
        set("socketTimeout", DAY_SECONDS);
        set("sslResponseTimeout", DAY_MILLIS);
        set(
                "cancelSignalTimeout",
                seconds(settings.get(Settings.CONNECT_TIMEOUT).toMillis()));
        set("socketFactory", DriverPlugins.Sockets.class.getName());
        set("sslfactory", DriverPlugins.Sockets.class.getName());
        set("authenticationPluginClassName", DriverPlugins.Passwords.class.getName());
        set("requireAuth", settings.find(Settings.REQUIRE_AUTH).orElse(null));
        set("scramMaxIterations", Integer.toString(LoginRequests.MOST_ITERATIONS));
        set("channelBinding", settings.get(Settings.CHANNEL_BINDING).value());
        copy("tcpKeepAlive", settings, Settings.KEEPALIVES);
        copy("defaultRowFetchSize", settings, Settings.DEFAULT_ROW_FETCH_SIZE);
        copy("reWriteBatchedInserts", settings, Settings.RE_WRITE_BATCHED_INSERTS);
        copy("preparedStatementCacheQueries", settings, Settings.PREPARED_STATEMENT_CACHE_QUERIES);
        if (settings.get(Settings.POOLER) == Pooler.NONE) {
            copy("prepareThreshold", settings, Settings.PREPARE_THRESHOLD);
            set("currentSchema", StartupOptions.searchPath(settings));
            set("options", StartupOptions.of(settings));
        } else {
            // A named prepared statement belongs to one server session, and a pooler may change it per transaction.
            set("prepareThreshold", "0");
        }
    }

    private void copy(String name, DatabaseSettings settings, Setting<?> setting) {
        set(name, settings.get(setting).toString());
    }

    private void set(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            common.setProperty(name, value);
        }
    }

    private static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND));
    }

    public Properties forLogin(String user, TlsNegotiation negotiation) {
        Properties properties = new Properties(common);
        properties.setProperty("user", user);
        properties.setProperty("sslmode", negotiation.driverMode());
        if (negotiation == TlsNegotiation.DIRECT) {
            properties.setProperty("sslNegotiation", SslNegotiation.DIRECT.value());
        }
        return properties;
    }

    /** {@return the properties of the first attempt without our plug-ins, by pgjdbc's names} */
    public static Map<String, String> shown(DatabaseSettings settings) {
        Properties properties =
                new DriverProperties(settings).forLogin(settings.user(), TlsNegotiation.first(settings));
        Map<String, String> shown = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (!value.startsWith(DriverPlugins.class.getName())) {
                shown.put(name, SafeText.listed(value));
            }
        }
        return shown;
    }
}
