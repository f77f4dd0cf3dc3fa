package dev.wellhead.internal.open;

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

/** Implements a data source whose connections are new and are closed by the caller, on top of a database without a pool. */
final class UnpooledDataSource implements DataSource {

    /** SQLSTATE 08003: the connection does not exist. */
    private static final String CLOSED = "08003";

    private final DatabaseSettings settings;
    private final UnpooledDatabase database;
    private final Closing closing;

    /** @param closing of the database; when it is closed, no connection opens any more */
    UnpooledDataSource(DatabaseSettings settings, UnpooledDatabase database, Closing closing) {
        this.settings = settings;
        this.database = database;
        this.closing = closing;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireOpen();
        Connection connection = database.connect();
        try {
            requireOpen();
        } catch (SQLException closedMeanwhile) {
            connection.close();
            throw closedMeanwhile;
        }
        return connection;
    }

    private void requireOpen() throws SQLException {
        if (closing.isClosed()) {
            throw new SQLException("Database '" + settings.name() + "' was closed.", CLOSED);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The credentials for migrations of database '" + settings.name()
                + "' are configured, and change when they rotate. Call getConnection(). For another role, set "
                + settings.variable(Settings.USER) + ".");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException(this + " cannot be unwrapped to " + type.getName() + ". They have no pool.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** {@return connectionTimeout in seconds, rounded up: the longest time that getConnection waits} */
    @Override
    public int getLoginTimeout() {
        return (int) settings.get(Settings.CONNECTION_TIMEOUT).plusMillis(999).toSeconds();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "The time that getConnection waits is fixed when the database is opened. Set "
                        + SettingReference.of(settings, Settings.CONNECTION_TIMEOUT) + ".");
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
        return "Migrations of database '" + settings.name() + "'";
    }
}
