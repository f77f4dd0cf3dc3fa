package dev.wellhead.internal.connect;

import dev.wellhead.settings.ChannelBinding;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Pooler;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.SslNegotiation;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * pgjdbc's properties for one database. Nothing sensitive is ever in them, because the driver logs and keeps them.
 *
 * <p>They are chosen so that a connect costs TCP, TLS where asked for, and authentication, and no query: everything
 * about the session travels in the startup packet (PostgreSQL 12 and later; older servers cost the driver's one
 * {@code SET extra_float_digits}).
 */
public final class DriverProperties {

    private static final long MILLIS_PER_SECOND = 1000;
    /** Longer than any attempt: the socket's deadline ends it, never the driver. */
    private static final String LONG_SECONDS = "86400";

    private static final String LONG_MILLIS = "86400000";

    private final Properties common = new Properties();

    public DriverProperties(DatabaseSettings settings) {
        set("PGDBNAME", settings.databaseName());
        // with a floor known the driver sends the application name at start-up and not in a query of its own
        set("assumeMinServerVersion", "12");
        set("ApplicationName", settings.find(Settings.APPLICATION_NAME).orElse(null));
        set("gssEncMode", "disable");
        set("targetServerType", "any");
        set("connectTimeout", "0");
        set("socketTimeout", LONG_SECONDS);
        set("sslResponseTimeout", LONG_MILLIS);
        set(
                "cancelSignalTimeout",
                seconds(settings.get(Settings.CONNECT_TIMEOUT).toMillis()));
        set("tcpKeepAlive", settings.get(Settings.KEEPALIVES).toString());
        set("socketFactory", DriverPlugins.Sockets.class.getName());
        set("authenticationPluginClassName", DriverPlugins.Passwords.class.getName());
        // by name, so that no TLS class is loaded where no TLS is used
        set("sslfactory", DriverPlugins.class.getName() + "$TlsSockets");
        set("requireAuth", settings.find(Settings.REQUIRE_AUTH).orElse(null));
        ChannelBinding binding = settings.get(Settings.CHANNEL_BINDING);
        set("channelBinding", binding.value());
        set("defaultRowFetchSize", settings.get(Settings.DEFAULT_ROW_FETCH_SIZE).toString());
        set(
                "reWriteBatchedInserts",
                settings.get(Settings.RE_WRITE_BATCHED_INSERTS).toString());
        set(
                "preparedStatementCacheQueries",
                settings.get(Settings.PREPARED_STATEMENT_CACHE_QUERIES).toString());
        if (settings.get(Settings.POOLER) == Pooler.NONE) {
            set("prepareThreshold", settings.get(Settings.PREPARE_THRESHOLD).toString());
            set("currentSchema", StartupOptions.searchPath(settings));
            set("options", StartupOptions.of(settings));
        } else {
            // a named statement lives in one server session; the next transaction may get another
            set("prepareThreshold", "0");
        }
    }

    private void set(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            common.setProperty(name, value);
        }
    }

    private static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND));
    }

    public Properties forLogin(String user, Encryption encryption) {
        Properties properties = new Properties(common);
        properties.setProperty("user", user);
        properties.setProperty("sslmode", encryption.driverMode());
        if (encryption == Encryption.DIRECT) {
            properties.setProperty("sslNegotiation", SslNegotiation.DIRECT.value());
        }
        return properties;
    }
}
