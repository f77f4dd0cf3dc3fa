package dev.wellhead.internal.open;

import dev.wellhead.internal.pool.UnpooledConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database without a pool, for a driver. Thread-safe. The caller closes it; its connections then keep working. */
public final class UnpooledDatabase implements AutoCloseable {

    private final String use;
    private final UnpooledConnections connections;
    private final String credentials;
    private final Closing closing;
    private boolean started;

    /**
     * @param use what the connections are for, for the log; empty if they are for the application
     * @param credentials the description of the credentials, for the log
     */
    UnpooledDatabase(String use, UnpooledConnections connections, String credentials, Closing closing) {
        this.use = use;
        this.connections = connections;
        this.credentials = credentials;
        this.closing = closing;
    }

    /** Does not log that the first connection opened, because the log line of the database has the same content. */
    synchronized void logNothing() {
        started = true;
    }

    /** {@return a new connection, within connectionTimeout; the caller closes it} */
    public Connection connect() throws SQLException {
        return connect(connections.budget());
    }

    /** {@return a new connection, within {@code atMost} and connectionTimeout; the caller closes it} */
    public Connection connect(Duration atMost) throws SQLException {
        Connection connection = connections.open(atMost);
        logStart();
        return connection;
    }

    private void logStart() throws SQLException {
        synchronized (this) {
            if (started) {
                return;
            }
            started = true;
        }
        StartLine.writeUnpooled(use, connections.settings(), credentials);
    }

    /** Closes the credentials provider, and notifies the listeners. */
    @Override
    public void close() {
        closing.close();
    }
}
