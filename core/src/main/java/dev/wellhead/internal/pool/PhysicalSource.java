package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.pool.recovery.ConnectFailures;
import dev.wellhead.internal.pool.recovery.Demand;
import dev.wellhead.internal.pool.recovery.ReadyConnection;
import dev.wellhead.internal.pool.recovery.RetriedConnect;
import dev.wellhead.internal.pool.recovery.RetryRule;
import dev.wellhead.internal.pool.rotation.Replacements;
import dev.wellhead.internal.pool.rotation.Rotation;
import dev.wellhead.internal.text.SafeCauses;
import dev.wellhead.spi.ConnectionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens the physical connections of one pool. It may keep one connection ready: the first one, which was opened before the
 * pool, a replacement for a connection that is about to retire, or one that has proven new credentials. Thread-safe.
 */
final class PhysicalSource implements Replacements {

    /** SQLSTATE 08003: connection does not exist. */
    static final String CLOSED = "08003";

    private static final int LOGIN_TIMEOUT_WHILE_CLOSING = 1;

    private final Route route;
    private final OpenConnections open;
    private final Demand demand;
    private final ConnectFailures failures;
    private final UnresponsiveConnections unresponsive;
    private final ReadyConnection ready = new ReadyConnection();
    private volatile @Nullable Rotation rotation;

    /**
     * @param demand whether the pool needs connections
     * @param failures are recorded for the messages of borrows that time out
     */
    PhysicalSource(
            Route route,
            OpenConnections open,
            Demand demand,
            ConnectFailures failures,
            UnresponsiveConnections unresponsive) {
        this.route = route;
        this.open = open;
        this.demand = demand;
        this.failures = failures;
        this.unresponsive = unresponsive;
    }

    /**
     * Notifies {@code follower} of the connections that opened already, and of each one that opens later.
     *
     * @param first the first connection: the others may be newer
     */
    void follow(Rotation follower, @Nullable Connection first) {
        if (first != null) {
            follower.opened(Connector.generationOf(first));
        }
        rotation = follower;
        long newest = open.newestGeneration();
        if (newest >= 0) {
            follower.opened(newest);
        }
    }

    /** {@return a physical connection for HikariCP} */
    Connection getConnection() throws SQLException {
        Connection kept = ready.take();
        if (kept != null && !kept.isClosed()) {
            failures.ended();
            return kept;
        }
        Connection connection = connect();
        failures.ended();
        admit(connection);
        notifyRotation(connection);
        return connection;
    }

    private Connection connect() throws SQLException {
        try {
            return route.open(route.budget());
        } catch (ConnectionFailedException e) {
            RetryRule rule = new RetryRule(route.budget(), route.credentialsCanChange());
            return new RetriedConnect(route, rule, ready, demand, failures).after(e);
        }
    }

    /** Closes the connection if the pool was closed meanwhile, because HikariCP would not close it any more. */
    private void admit(Connection connection) throws SQLException {
        open.add(connection);
        unresponsive.opened();
        if (ready.isClosed()) {
            connection.close();
            throw new SQLException(route.subject() + " was closed.", CLOSED);
        }
    }

    /** Notifies the rotation of a connection that has opened: it may prove new credentials. */
    private void notifyRotation(Connection connection) {
        Rotation follower = rotation;
        if (follower != null) {
            follower.opened(Connector.generationOf(connection));
        }
    }

    /** Keeps an open connection ready for HikariCP's next call. A call that is waiting gets it immediately. */
    void keepReady(Connection connection) throws SQLException {
        admit(connection);
        Connection other = ready.put(connection);
        if (other != null) {
            other.close();
        }
        if (ready.isClosed()) {
            drop();
        }
        // only now: a retirement that starts here finds its first replacement
        notifyRotation(connection);
    }

    @Override
    public boolean isReady() {
        return ready.isReady();
    }

    @Override
    public void open(Duration budget) throws SQLException {
        keepReady(route.open(budget));
    }

    @Override
    public long openWithFirstCandidate(Duration budget) throws SQLException {
        Connection proven = route.openWithFirstCandidate(budget);
        keepReady(proven);
        return Connector.generationOf(proven);
    }

    @Override
    public void drop() {
        Connection kept = ready.takeUnneeded();
        if (kept != null) {
            try {
                kept.close();
            } catch (SQLException e) {
                log().debug("{}: closing an unused connection failed.", route.subject(), SafeCauses.of(e));
            }
        }
    }

    /** Opens no more connections. Ends the pause of a call that retries. */
    void close() {
        ready.close();
        drop();
    }

    private static org.slf4j.Logger log() {
        return LoggerFactory.getLogger(PhysicalSource.class);
    }

    /** {@return how many connections of the pool were being validated} They are aborted. */
    int abortValidations() {
        return open.abortValidations();
    }

    /** {@return the longest time of an attempt} HikariCP waits this long for a running attempt when it shuts down. */
    int getLoginTimeout() {
        return ready.isClosed()
                ? LOGIN_TIMEOUT_WHILE_CLOSING
                : (int) Math.max(1, route.budget().plusMillis(999).toSeconds());
    }
}
