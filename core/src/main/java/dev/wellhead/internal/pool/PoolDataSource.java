package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.Connector;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data source from which HikariCP gets its physical connections, on one thread of its own. After {@link #close}, it
 * returns wake-up connections. Thread-safe.
 */
final class PoolDataSource implements DataSource {

    private final PhysicalSource physical;
    private final String subject;

    /** The thread that is connecting, or pauses after a failed connect. */
    private volatile @Nullable Thread adder;

    private volatile boolean started;
    private volatile boolean closed;

    /** @param subject the beginning of a message: {@code "Database 'ledger'"} */
    PoolDataSource(PhysicalSource physical, String subject) {
        this.physical = physical;
        this.subject = subject;
    }

    /** Called when HikariCP has started: from now on only its own thread calls {@link #getConnection}. */
    void started() {
        started = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (closed) {
            return wakeUpConnection();
        }
        if (started) {
            adder = Thread.currentThread();
        }
        try {
            Connection opened = physical.getConnection();
            adder = null;
            return opened;
        } catch (SQLException e) {
            if (closed) {
                return wakeUpConnection();
            }
            throw e;
        }
    }

    private Connection wakeUpConnection() {
        adder = null;
        // interruptConnect may have set the flag
        Thread.interrupted();
        return WakeUpConnection.create(subject);
    }

    /** From now on, {@link #getConnection} returns wake-up connections, also for a call that is connecting. */
    void close() {
        closed = true;
    }

    /** Ends the connect that is running, or HikariCP's pause after a failed one. */
    void interruptConnect() {
        Thread connecting = adder;
        if (connecting != null) {
            Connector.abort(connecting);
            connecting.interrupt();
        }
    }

    /** {@return whether threads were validating idle connections} Their validations are aborted. */
    boolean interruptValidations() {
        return physical.abortValidations() > 0;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The credentials of this pool are configured.");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** Ignored: HikariCP sets its connectionTimeout, from which the budget is derived. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return physical.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Wellhead logs to SLF4J.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Not a wrapper for " + type.getName() + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
