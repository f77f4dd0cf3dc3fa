package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.pool.liveness.SilenceWatch;
import dev.wellhead.internal.pool.recovery.ConnectFailures;
import dev.wellhead.internal.pool.recovery.FirstConnection;
import dev.wellhead.internal.pool.roles.PendingEvictions;
import dev.wellhead.internal.pool.roles.ReaderWatch;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.internal.pool.rotation.Rotation;
import dev.wellhead.internal.pool.rotation.RotationReport;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.internal.types.SettingReference;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to one database, or to its replicas, that follows its credentials. Thread-safe. The caller that
 * opened it closes it; it does not close the credentials provider and the listener.
 */
public final class ConnectionPool implements AutoCloseable {

    /** A borrower waits at most this long to get no connection to a server that was demoted. */
    private static final long LONGEST_DECISION_MILLIS = 100;

    /** HikariCP's shortest connectionTimeout. */
    private static final long SHORTEST_TIMEOUT_MILLIS = 250;

    private final Route route;
    private final PhysicalSource source;
    private final StartedHikari started;
    private final HikariDataSource hikari;
    private final AcquireTimeout timeouts;
    private final @Nullable BorrowTracker tracker;
    private final @Nullable Rotation rotation;
    private final PendingEvictions evictions;
    private final @Nullable ReaderWatch readerWatch;
    private final @Nullable SilenceWatch silenceWatch;
    private volatile boolean closed;

    private ConnectionPool(
            Route route,
            PhysicalSource source,
            StartedHikari started,
            AcquireTimeout timeouts,
            @Nullable BorrowTracker tracker,
            @Nullable Rotation rotation,
            PendingEvictions evictions,
            @Nullable ReaderWatch readerWatch,
            @Nullable SilenceWatch silenceWatch) {
        this.route = route;
        this.source = source;
        this.started = started;
        this.hikari = started.pool();
        this.timeouts = timeouts;
        this.tracker = tracker;
        this.rotation = rotation;
        this.evictions = evictions;
        this.readerWatch = readerWatch;
        this.silenceWatch = silenceWatch;
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
                        () -> SettingReference.of(settings, Settings.STARTUP_TIMEOUT),
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
        HikariView view = new HikariView(settings, first == null, open);
        PoolClock clock = new PoolClock.Machine();
        ConnectFailures failures = new ConnectFailures(route.subject(), route.budget(), clock);
        UnresponsiveConnections unresponsive =
                new UnresponsiveConnections(settings.get(Settings.CONNECTION_TIMEOUT), clock);
        PhysicalSource source = new PhysicalSource(route, open, view, failures, unresponsive);
        StartedHikari started = null;
        Rotation rotation = null;
        try {
            if (first != null) {
                source.keepReady(first);
            }
            SilenceWatch silenceWatch = LostConnections.watch(settings, route, open, listener, unresponsive);
            PendingEvictions evictions = new PendingEvictions(view);
            BorrowListener borrows = listener.poolOpening(view);
            BorrowTracker tracker = borrows == null ? null : new BorrowTracker(borrows);
            started = HikariStart.start(
                    route.subject(),
                    settings,
                    source,
                    new EvictionRules(WriteComparison.refusals(settings, route, source, open, evictions)),
                    tracker);
            view.started(started.pool(), tracker);
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
                        clock,
                        route.budget());
                source.follow(rotation, first);
                rotation.start(MaintenanceThread.SHARED);
            }
            AcquireTimeout timeouts = new AcquireTimeout(
                    started.pool().getHikariPoolMXBean(),
                    started.pool().getMaximumPoolSize(),
                    SettingReference.of(settings, Settings.MAXIMUM_POOL_SIZE),
                    failures,
                    unresponsive);
            ReaderWatch readerWatch = first == null ? ReaderServers.watch(settings, route, open, evictions) : null;
            if (silenceWatch != null) {
                silenceWatch.start(MaintenanceThread.SHARED);
            }
            return new ConnectionPool(
                    route, source, started, timeouts, tracker, rotation, evictions, readerWatch, silenceWatch);
        } catch (SQLException | RuntimeException | Error e) {
            if (rotation != null) {
                rotation.stop();
            }
            source.close();
            if (started != null) {
                started.close();
            }
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
            borrowed = evictions.isActive() ? suitable(hikari, evictions) : hikari.getConnection();
        } catch (SQLException e) {
            throw failed(e);
        }
        if (closed) {
            // HikariCP passes it to the next thread that waits
            borrowed.close();
            throw WakeUpConnection.closed(route.subject());
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
            SQLException ended = WakeUpConnection.closed(route.subject());
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

    /**
     * {@return a connection that does not have to be evicted} After connectionTimeout the search ends with the next
     * connection, whether it has to be evicted or not.
     */
    static Connection suitable(HikariDataSource hikari, PendingEvictions evictions) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(hikari.getConnectionTimeout());
        evictions.awaitDecision(LONGEST_DECISION_MILLIS);
        HikariPool pool = (HikariPool) hikari.getHikariPoolMXBean();
        Connection borrowed = hikari.getConnection();
        long left = millisUntil(end);
        while (left > 0 && evictions.evict(borrowed)) {
            borrowed = pool.getConnection(Math.max(SHORTEST_TIMEOUT_MILLIS, left));
            left = millisUntil(end);
        }
        return borrowed;
    }

    private static long millisUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
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
     * Fetches the credentials once, proves new ones, and retires older connections in the background.
     *
     * @return whether newer credentials were proven
     * @throws SQLException if the source failed, or if new credentials could not be proven
     */
    public boolean refreshCredentials() throws SQLException {
        return rotation != null && rotation.refresh();
    }

    /** Does the same as {@link #refreshCredentials} after another pool has fetched the credentials. */
    public boolean proveCredentials() throws SQLException {
        return rotation != null && rotation.proveCurrent();
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
        if (readerWatch != null) {
            readerWatch.stop();
        }
        if (silenceWatch != null) {
            silenceWatch.stop();
        }
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
