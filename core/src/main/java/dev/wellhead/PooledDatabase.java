package dev.wellhead;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A database on one pool. */
final class PooledDatabase implements Database {

    private final DatabaseSettings settings;
    private final ConnectionPool pool;
    private final @Nullable Database reader;
    private final @Nullable Runnable afterwards;

    /**
     * @param reader the replicas, closed before this; null where this is its own reader
     * @param afterwards run once the pool is closed, null for nothing; must bear being run again
     */
    PooledDatabase(
            DatabaseSettings settings, ConnectionPool pool, @Nullable Database reader, @Nullable Runnable afterwards) {
        this.settings = settings;
        this.pool = pool;
        this.reader = reader;
        this.afterwards = afterwards;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public Database reader() {
        return reader == null ? this : reader;
    }

    @Override
    public boolean refreshCredentials() throws SQLException {
        if (reader == null) {
            return pool.refreshCredentials();
        }
        boolean mine;
        try {
            mine = pool.refreshCredentials();
        } catch (SQLException e) {
            refreshToo(reader, e);
            throw e;
        }
        return reader.refreshCredentials() || mine;
    }

    /** The primary's trouble is no reason to leave the replicas behind. */
    private static void refreshToo(Database reader, SQLException failure) {
        try {
            reader.refreshCredentials();
        } catch (SQLException too) {
            failure.addSuppressed(too);
        }
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
        } finally {
            try {
                pool.close();
            } finally {
                if (afterwards != null) {
                    afterwards.run();
                }
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The credentials of database '" + settings.name()
                + "' are configured and followed as they rotate. Call getConnection(); for another role open another"
                + " database, with a name of its own.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        HikariDataSource hikari = pool.hikari();
        if (type.isInstance(hikari)) {
            return type.cast(hikari);
        }
        throw new SQLException(
                "Database '" + settings.name() + "' is no " + type.getName() + "; it unwraps to HikariDataSource.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || type.isInstance(pool.hikari());
    }

    /** {@return connectionTimeout in seconds, rounded up: the longest that getConnection waits} */
    @Override
    public int getLoginTimeout() {
        return (int) settings.get(Settings.CONNECTION_TIMEOUT).plusMillis(999).toSeconds();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "How long getConnection waits is decided when the database is opened. Set "
                        + settings.variable(Settings.CONNECTION_TIMEOUT) + ".");
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
        return "Database '" + settings.name() + "'";
    }
}
