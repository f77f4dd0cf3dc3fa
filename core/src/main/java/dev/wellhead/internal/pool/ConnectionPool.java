package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to one database, or to its replicas, that follows its credentials. Thread-safe; whoever opened
 * it closes it. The credentials provider and the listener stay the caller's.
 */
public final class ConnectionPool implements AutoCloseable {

    /** SQLSTATE 08003: connection does not exist. */
    public static final String CLOSED = "08003";

    private final String subject;
    private final Route route;
    private final PhysicalSource source;
    private final HikariDataSource hikari;
    private final AcquireTimeout timeouts;
    private final Duration budget;
    private final @Nullable Rotation rotation;
    private final @Nullable BorrowTracker tracker;

    /** Set while older connections retire. Borrowing reads this one field more than HikariCP does. */
    public volatile @Nullable Retirement retirement;

    private ConnectionPool(
            String subject,
            DatabaseSettings settings,
            Route route,
            PhysicalSource source,
            OpenConnections open,
            ObservedCredentials credentials,
            DatabaseListener listener,
            @Nullable BorrowTracker tracker,
            HikariDataSource hikari) {
        this.subject = subject;
        this.route = route;
        this.source = source;
        this.hikari = hikari;
        this.tracker = tracker;
        this.budget = budget(settings);
        this.timeouts = new AcquireTimeout(
                hikari.getHikariPoolMXBean(),
                hikari.getMaximumPoolSize(),
                settings.variable(Settings.MAXIMUM_POOL_SIZE));
        this.rotation = credentials.canChange()
                ? new Rotation(subject, credentials, route, source, open, hikari, this, listener, tracker, budget)
                : null;
    }

    /** {@return what HikariCP is given for {@code settings}, by its own names; nothing sensitive} */
    public static Map<String, String> properties(DatabaseSettings settings) {
        return new HikariSettings(settings).shown();
    }

    /**
     * {@return an open pool, whose first connection is already there} Waits for the database up to startupTimeout, where
     * waiting may help.
     *
     * @param settings where to connect; what a secret completes may be open
     * @param credentials who to log in as
     * @param listener told what happens
     * @throws SQLException when it does not connect; nothing is left open then
     */
    public static ConnectionPool open(
            DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) throws SQLException {
        ObservedCredentials observed = new ObservedCredentials(credentials);
        Route route = new Route(settings, false, observed, listener);
        Connection first = new FirstConnection(
                        settings.name(),
                        settings.get(Settings.STARTUP_TIMEOUT),
                        settings.variable(Settings.STARTUP_TIMEOUT),
                        new FirstConnection.SystemTime())
                .open(new FirstConnection.Opener(route, budget(settings)));
        return start(route.settings(budget(settings)), route, observed, listener, first);
    }

    /**
     * {@return an open pool of the replicas} Never waits for them and never fails because of them: it connects in the
     * background, and says so when it cannot.
     *
     * @param settings of the database, as completed; they have reader hosts
     * @param credentials who to log in as
     * @param listener told what happens
     * @throws SQLException when the pool itself cannot be set up
     */
    public static ConnectionPool openReader(
            DatabaseSettings settings, CredentialsProvider credentials, DatabaseListener listener) throws SQLException {
        ObservedCredentials observed = new ObservedCredentials(credentials);
        Route route = new Route(settings, true, observed, listener);
        return start(settings.forReader(), route, observed, listener, null);
    }

    private static ConnectionPool start(
            DatabaseSettings settings,
            Route route,
            ObservedCredentials credentials,
            DatabaseListener listener,
            @Nullable Connection first)
            throws SQLException {
        String subject = (first == null ? "Reader of database '" : "Database '") + settings.name() + "'";
        OpenConnections open = new OpenConnections(settings.get(Settings.MAXIMUM_POOL_SIZE));
        PhysicalSource source = new PhysicalSource(subject, route, budget(settings), open);
        ConnectionPool pool;
        try {
            if (first != null) {
                source.admit(first);
                source.makeReady(first);
            }
            Figures figures = new Figures(settings, first == null);
            BorrowListener borrowing = listener.poolOpening(figures);
            BorrowTracker tracker = borrowing == null ? null : new BorrowTracker(borrowing);
            HikariDataSource hikari = HikariStart.start(subject, settings, source, tracker);
            figures.started(hikari);
            pool = new ConnectionPool(subject, settings, route, source, open, credentials, listener, tracker, hikari);
        } catch (SQLException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
        Rotation rotation = pool.rotation;
        if (rotation != null) {
            if (first != null) {
                rotation.opened(Connector.generationOf(first));
            }
            source.follow(rotation);
            // what HikariCP opened meanwhile
            if (open.newestGeneration() >= 0) {
                rotation.opened(open.newestGeneration());
            }
        }
        return pool;
    }

    private static Duration budget(DatabaseSettings settings) {
        return Deadline.attemptBudget(settings.get(Settings.CONNECTION_TIMEOUT));
    }

    /**
     * {@return a connection; closing it returns it to the pool}
     *
     * @throws SQLTransientConnectionException when none was there within connectionTimeout, with the pool's numbers and
     *     the last reason why no connection opened
     */
    public Connection getConnection() throws SQLException {
        try {
            Connection borrowed = hikari.getConnection();
            BorrowTracker told = tracker;
            if (told != null) {
                told.settle();
            }
            Retirement underWay = retirement;
            return underWay == null ? borrowed : underWay.note(borrowed);
        } catch (SQLTransientConnectionException e) {
            throw timeouts.explain(e);
        } catch (SQLException e) {
            throw hikari.isClosed() ? new SQLException(subject + " was closed.", CLOSED, e) : e;
        }
    }

    /** {@return the settings, as completed by what a secret says now} */
    public DatabaseSettings settings() throws SQLException {
        return route.settings(budget);
    }

    /** {@return HikariCP's side of this pool} */
    public HikariDataSource hikari() {
        return hikari;
    }

    /**
     * Looks for newer credentials now, proves them, and lets older connections retire in the background.
     *
     * @return whether something newer was found and proven
     * @throws SQLException when the source failed or the server refused
     */
    public boolean refreshCredentials() throws SQLException {
        Rotation follower = rotation;
        return follower != null && follower.refresh();
    }

    /** Runs {@code work} soon on the thread that looks after pools: it must be short. */
    public void inBackground(Runnable work) {
        Maintenance.once(work);
    }

    /** Closes every connection. Calling it again does nothing. */
    @Override
    public void close() {
        if (rotation != null) {
            rotation.stop();
        }
        source.close();
        hikari.close();
    }
}
