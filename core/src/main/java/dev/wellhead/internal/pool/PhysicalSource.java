package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.Connector;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP asks for physical connections. One connection may lie ready: the first of all, which was opened before
 * there was a pool, or the one that replaces a connection about to retire.
 */
public final class PhysicalSource implements DataSource {

    private static final int LOGIN_TIMEOUT_WHILE_CLOSING = 1;

    private final String subject;
    private final Route route;
    private final Duration budget;
    private final OpenConnections open;
    private final AtomicReference<@Nullable Connection> ready = new AtomicReference<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile @Nullable Rotation rotation;
    private volatile boolean closed;

    /** @param subject what messages are about: {@code "Database 'ledger'"} */
    public PhysicalSource(String subject, Route route, Duration budget, OpenConnections open) {
        this.subject = subject;
        this.route = route;
        this.budget = budget;
        this.open = open;
    }

    /** Tells {@code follower} of every connection from now on. */
    public void follow(Rotation follower) {
        rotation = follower;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection lying = takeReady();
        return lying == null ? connect() : lying;
    }

    private Connection connect() throws SQLException {
        Connection connection;
        try {
            connection = route.open(budget);
        } catch (SQLException e) {
            // HikariCP keeps this to itself until a borrower has waited for connectionTimeout
            if (!closed && failing.compareAndSet(false, true)) {
                log().warn("{} opens no new connections: {}", subject, e.getMessage());
            }
            throw e;
        }
        if (failing.compareAndSet(true, false)) {
            log().info("{} opens new connections again.", subject);
        }
        admit(connection);
        Rotation follower = rotation;
        if (follower != null) {
            follower.opened(Connector.generationOf(connection));
        }
        return connection;
    }

    /** Counts a connection; closes it where the pool was closed meanwhile: HikariCP would lose it. */
    public void admit(Connection connection) throws SQLException {
        open.add(connection);
        if (closed) {
            connection.close();
            throw new SQLException(subject + " was closed.", ConnectionPool.CLOSED);
        }
    }

    /** Lays a connection ready for HikariCP's next call. */
    public void makeReady(Connection connection) throws SQLException {
        Connection other = ready.getAndSet(connection);
        if (other != null) {
            other.close();
        }
        if (closed) {
            dropReady();
        }
    }

    public boolean hasReady() {
        return ready.get() != null;
    }

    public void dropReady() {
        Connection lying = ready.getAndSet(null);
        if (lying != null) {
            try {
                lying.close();
            } catch (SQLException e) {
                log().debug("{}: closing a connection that nobody used failed.", subject, e);
            }
        }
    }

    private @Nullable Connection takeReady() throws SQLException {
        Connection lying = ready.getAndSet(null);
        return lying == null || lying.isClosed() ? null : lying;
    }

    /** From now on opens nothing. */
    public void close() {
        closed = true;
        dropReady();
    }

    private static org.slf4j.Logger log() {
        return LoggerFactory.getLogger(ConnectionPool.class);
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

    /** Ignored: HikariCP announces its connectionTimeout, which the budget already follows. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** {@return the longest an attempt takes} HikariCP waits this long for an attempt under way when it shuts down. */
    @Override
    public int getLoginTimeout() {
        return closed
                ? LOGIN_TIMEOUT_WHILE_CLOSING
                : (int) Math.max(1, budget.plusMillis(999).toSeconds());
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
