package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.internal.pool.rotation.Rotation;
import dev.wellhead.internal.pool.rotation.RotationReport;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to one database, or to its replicas, that follows its credentials. Thread-safe. The caller that
 * opened it closes it; it does not close the credentials provider and the listener.
 */
public final class ConnectionPool implements AutoCloseable {

    private final Route route;
    private final PhysicalSource source;
    private final StartedHikari started;
    private final HikariDataSource hikari;
    private final AcquireTimeout timeouts;
    private final @Nullable BorrowTracker tracker;
    private final @Nullable Rotation rotation;
    private volatile boolean closed;

    /** @param maximumPoolSizeVariable the variable that sets maximumPoolSize */
    private ConnectionPool(
            Route route,
            PhysicalSource source,
            StartedHikari started,
            String maximumPoolSizeVariable,
            @Nullable BorrowTracker tracker,
            @Nullable Rotation rotation) {
        this.route = route;
        this.source = source;
        this.started = started;
        this.hikari = started.pool();
        this.timeouts =
                new AcquireTimeout(hikari.getHikariPoolMXBean(), hikari.getMaximumPoolSize(), maximumPoolSizeVariable);
        this.tracker = tracker;
        this.rotation = rotation;
    }

    /** {@return HikariCP's configuration for {@code settings}, by HikariCP's names; nothing sensitive} */
    public static Map<String, String> properties(DatabaseSettings settings) {
        return new HikariSettings(settings).shown();
    }

    /**
     * {@return an open pool that holds its first connection} Waits for the database up to startupTimeout if the failure
     * is transient.
     *
     * @param settings where to connect; a secret may complete them
     * @param credentials supplies the logins
     * @param listener notified of all events
     * @throws SQLException if no connection opens; then nothing stays open
     */
    public static ConnectionPool open(
            DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) throws SQLException {
        Route route = new Route(settings, false, credentials, listener);
        Connection first = new FirstConnection(
                        settings.name(),
                        settings.get(Settings.STARTUP_TIMEOUT),
                        settings.variable(Settings.STARTUP_TIMEOUT),
                        new PoolClock.Machine())
                .open(route);
        return start(route.settings(), route, credentials, listener, first);
    }

    /**
     * {@return an open pool of the replicas} It connects in the background, so unavailable replicas neither delay nor
     * fail the start; they are logged.
     *
     * @param settings of the database; they have reader hosts, and a secret may complete them
     * @param credentials supplies the logins
     * @param listener notified of all events
     * @throws SQLException if the pool itself cannot be set up
     */
    public static ConnectionPool openReader(
            DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) throws SQLException {
        Route route = new Route(settings, true, credentials, listener);
        return start(SettingsCompletion.forReader(settings), route, credentials, listener, null);
    }

    /**
     * {@return a running pool}
     *
     * @param first the connection that proved that the database is available; null for a pool that connects in the
     *     background
     */
    private static ConnectionPool start(
            DatabaseSettings settings,
            Route route,
            CredentialsProvider credentials,
            DatabaseListener listener,
            @Nullable Connection first)
            throws SQLException {
        OpenConnections open = new OpenConnections(settings.get(Settings.MAXIMUM_POOL_SIZE));
        PhysicalSource source = new PhysicalSource(route, open);
        try {
            if (first != null) {
                source.keepReady(first);
            }
            HikariView view = new HikariView(settings, first == null, open);
            BorrowListener borrows = listener.poolOpening(view);
            BorrowTracker tracker = borrows == null ? null : new BorrowTracker(borrows);
            StartedHikari started = HikariStart.start(route.subject(), settings, source, tracker);
            view.started(started.pool(), tracker);
            Rotation rotation = null;
            if (credentials.canChange()) {
                rotation = new Rotation(
                        new RotationReport(
                                route.subject(),
                                credentials.description(),
                                started.pool().getPoolName(),
                                listener),
                        route,
                        view,
                        source,
                        new PoolClock.Machine(),
                        route.budget());
                source.follow(rotation, first);
                rotation.start(MaintenanceThread.SHARED);
            }
            return new ConnectionPool(
                    route, source, started, settings.variable(Settings.MAXIMUM_POOL_SIZE), tracker, rotation);
        } catch (SQLException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /**
     * {@return a connection; closing it returns it to the pool}
     *
     * @throws SQLTransientConnectionException if none was available within connectionTimeout, with the pool's numbers and
     *     the reason why the last connection did not open
     * @throws SQLException with SQLSTATE 08003 if the pool is closed, also while the thread waits; with 57014 if the thread
     *     is interrupted while it waits
     */
    public Connection getConnection() throws SQLException {
        Connection borrowed;
        try {
            borrowed = hikari.getConnection();
        } catch (SQLException e) {
            throw failed(e);
        }
        if (closed) {
            // HikariCP passes it to the next thread that waits
            borrowed.close();
            throw PlaceholderConnection.closed(route.subject());
        }
        if (tracker != null) {
            tracker.settle();
        }
        if (rotation != null) {
            rotation.borrowed(borrowed);
        }
        return borrowed;
    }

    /** {@return why no connection was acquired} */
    private SQLException failed(SQLException failure) {
        if (closed || hikari.isClosed()) {
            SQLException ended = PlaceholderConnection.closed(route.subject());
            ended.initCause(failure);
            return ended;
        }
        if (failure instanceof SQLTransientConnectionException timeout) {
            return timeouts.explain(timeout);
        }
        return failure.getCause() instanceof InterruptedException interrupt
                ? AcquireTimeout.interrupted(route.subject(), interrupt)
                : failure;
    }

    /** {@return the settings, completed by the server that a secret names now} */
    public DatabaseSettings settings() throws SQLException {
        return route.settings();
    }

    /** {@return HikariCP's side of this pool} */
    public HikariDataSource hikari() {
        return hikari;
    }

    /**
     * Asks the source for newer credentials, proves them, and retires older connections in the background.
     *
     * @return whether newer credentials were found and proven
     * @throws SQLException if the source failed or the server refused them
     */
    public boolean refreshCredentials() throws SQLException {
        return rotation != null && rotation.refresh();
    }

    /**
     * Wakes the threads that wait for a connection; their borrows end with SQLSTATE 08003. From now on, no connection can be
     * acquired. Used connections keep working until {@link #close}. Further calls wait for the first and have no effect.
     */
    public synchronized void endWaits() {
        if (closed) {
            return;
        }
        closed = true;
        if (rotation != null) {
            rotation.stop();
        }
        source.close();
        if (tracker != null) {
            tracker.stop();
        }
        started.endWaits();
    }

    /** Closes every connection. Further calls have no effect. */
    @Override
    public void close() {
        endWaits();
        started.close();
    }
}
