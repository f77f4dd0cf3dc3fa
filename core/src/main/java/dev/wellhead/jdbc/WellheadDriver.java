package dev.wellhead.jdbc;

import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for applications that accept only a JDBC URL and bring their own pool. Each connect uses the same
 * settings, TLS decisions, deadlines and credentials as {@link dev.wellhead.Databases}, and follows rotated credentials: a
 * login that is refused reads the source of the credentials again. Connections that are open are not replaced; the
 * application's pool decides how long it keeps them.
 *
 * <p>The URLs:
 *
 * <ul>
 *   <li>{@code jdbc:wellhead:} is the default database of this process.
 *   <li>{@code jdbc:wellhead:ledger} is the database with this name.
 *   <li>{@code jdbc:wellhead:postgresql://host/database} is a server, with the parameters of pgjdbc.
 * </ul>
 *
 * <p>Every URL can have settings as parameters, by the names of the settings:
 * {@code jdbc:wellhead:postgresql://host/shop?secretId=prod/shop}. Parameters, and properties with the same names, override
 * all other sources of settings. Settings of the pool have no effect, except for {@code connectionTimeout}, which limits a
 * connect.
 *
 * <p>With the parameter {@code migration=true}, a connect uses the role and the server for migrations, as
 * {@link dev.wellhead.Database#migrations()} does. The other parameters then are settings of the migrations.
 *
 * <p>{@link java.sql.DriverManager} finds this driver on the class path and on the module path. Thread-safe.
 */
public final class WellheadDriver implements Driver {

    private static final DriverDatabases DATABASES = new DriverDatabases();

    static {
        try {
            DriverManager.registerDriver(new WellheadDriver(), DATABASES);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Creates a driver. All drivers of a process share their credentials. */
    public WellheadDriver() {}

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(DriverRequest.PREFIX);
    }

    /**
     * {@return a new connection, which the caller closes; null if the URL is for another driver} Waits at most
     * {@link DriverManager#getLoginTimeout()}, and at most {@code connectionTimeout} (30 s by default).
     *
     * @param info settings by their names; {@code user} and {@code password} among them
     * @throws SQLException if the settings are not valid, with the SQLSTATE 08001 and a
     *     {@link dev.wellhead.settings.ConfigurationException} as its cause, or if no connection opens
     */
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        return acceptsURL(url) ? DATABASES.connect(url, info) : null;
    }

    /** {@return every setting that a URL can have} Values are not returned, because some are sensitive. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        List<DriverPropertyInfo> properties = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            DriverPropertyInfo property = new DriverPropertyInfo(setting.name(), null);
            property.description = setting.valueDescription();
            if (!setting.choices().isEmpty()) {
                property.choices =
                        setting.choices().stream().map(String::valueOf).toArray(String[]::new);
            }
            properties.add(property);
        }
        DriverPropertyInfo migration = new DriverPropertyInfo(DriverRequest.MIGRATION, null);
        migration.description = "whether to connect as the role for migrations";
        migration.choices = new String[] {"true", "false"};
        properties.add(migration);
        return properties.toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** {@return false, as pgjdbc does} */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    /** Is not supported: Wellhead logs with SLF4J. */
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Wellhead logs with SLF4J.", "0A000");
    }
}
