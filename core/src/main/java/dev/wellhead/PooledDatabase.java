package dev.wellhead;

import dev.wellhead.internal.open.OpenDatabase;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Implements the data source of one open database, on top of its HikariCP pool. */
final class PooledDatabase implements Database {

    private final OpenDatabase open;
    private final OpenDatabase migrated;
    private volatile @Nullable Database reader;

    PooledDatabase(OpenDatabase open) {
        this(open, open);
    }

    /** @param migrated the database that is migrated, which is another one for a reader */
    private PooledDatabase(OpenDatabase open, OpenDatabase migrated) {
        this.open = open;
        this.migrated = migrated;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open.pool().getConnection();
    }

    @Override
    public DatabaseSettings settings() {
        return open.settings();
    }

    @Override
    public Database reader() {
        Database present = reader;
        return present == null ? openReader() : present;
    }

    private synchronized Database openReader() {
        Database present = reader;
        if (present == null) {
            OpenDatabase opened = open.reader();
            present = opened == null ? this : new PooledDatabase(opened, open);
            reader = present;
        }
        return present;
    }

    @Override
    public DataSource migrations() {
        return migrated.migrations();
    }

    @Override
    public boolean refreshCredentials() throws SQLException {
        return open.refreshCredentials();
    }

    @Override
    public void close() {
        open.close();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "The credentials of database '" + settings().name()
                        + "' are configured, and change when they rotate. Call getConnection(). For another role, open another"
                        + " database with a name of its own.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        DataSource hikari = open.pool().hikari();
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type.isInstance(hikari)) {
            return type.cast(hikari);
        }
        throw new SQLException("Database '" + settings().name() + "' cannot be unwrapped to " + type.getName()
                + ". It can be unwrapped to HikariDataSource.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || type.isInstance(open.pool().hikari());
    }

    /** {@return connectionTimeout in seconds, rounded up: the longest time that getConnection waits} */
    @Override
    public int getLoginTimeout() {
        return (int) settings().get(Settings.CONNECTION_TIMEOUT).plusMillis(999).toSeconds();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "The time that getConnection waits is fixed when the database is opened. Set "
                        + SettingReference.of(settings(), Settings.CONNECTION_TIMEOUT) + ".");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        if (out != null) {
            throw new SQLFeatureNotSupportedException("Wellhead logs to SLF4J.");
        }
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Wellhead logs to SLF4J.");
    }

    @Override
    public String toString() {
        return "Database '" + settings().name() + "'";
    }
}
