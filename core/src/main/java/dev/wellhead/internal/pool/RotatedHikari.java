package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.pool.rotation.RotatedPool;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** HikariCP as a rotation uses it. */
final class RotatedHikari implements RotatedPool {

    private static final long LONGEST_WAIT_MILLIS = 1;

    private final HikariDataSource hikari;
    private final HikariPool pool;
    private final OpenConnections open;
    private final @Nullable BorrowTracker tracker;

    RotatedHikari(HikariDataSource hikari, OpenConnections open, @Nullable BorrowTracker tracker) {
        this.hikari = hikari;
        this.pool = (HikariPool) hikari.getHikariPoolMXBean();
        this.open = open;
        this.tracker = tracker;
    }

    @Override
    public boolean isRunning() {
        return hikari.isRunning();
    }

    @Override
    public int idle() {
        return pool.getIdleConnections();
    }

    @Override
    public int used() {
        return pool.getActiveConnections();
    }

    @Override
    public int pending() {
        return pool.getThreadsAwaitingConnection();
    }

    @Override
    public int total() {
        return pool.getTotalConnections();
    }

    @Override
    public int minimumIdle() {
        return hikari.getMinimumIdle();
    }

    @Override
    public int maximumPoolSize() {
        return hikari.getMaximumPoolSize();
    }

    @Override
    public int olderThan(long generation) {
        return open.olderThan(generation);
    }

    @Override
    public long generationOf(Connection connection) {
        return Connector.generationOf(connection);
    }

    @Override
    public @Nullable Connection physical(Connection borrowed) {
        try {
            return borrowed.unwrap(Connection.class);
        } catch (SQLException e) {
            return null;
        }
    }

    @Override
    public boolean isClosed(Connection connection) {
        return OpenConnections.isClosed(connection);
    }

    @Override
    public Connection acquire() throws SQLException {
        ignoreThisThread();
        try {
            return pool.getConnection(LONGEST_WAIT_MILLIS);
        } finally {
            heedAgain();
        }
    }

    @Override
    public void giveBack(Connection acquired) {
        ignoreThisThread();
        try {
            acquired.close();
        } catch (SQLException e) {
            // HikariCP has closed the connection and logged the reason
            return;
        } finally {
            heedAgain();
        }
    }

    @Override
    public void evict(Connection borrowed) {
        hikari.evictConnection(borrowed);
    }

    /** What the maintenance acquires is not part of the metrics. */
    private void ignoreThisThread() {
        if (tracker != null) {
            tracker.ignoreThisThread();
        }
    }

    private void heedAgain() {
        if (tracker != null) {
            tracker.heedAgain();
        }
    }
}
