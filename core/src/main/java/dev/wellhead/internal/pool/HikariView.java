package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.pool.recovery.Demand;
import dev.wellhead.internal.pool.recovery.ReadyConnection;
import dev.wellhead.internal.pool.rotation.RotatedPool;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** HikariCP's pool for metrics and rotations. Before it has started and after it was closed, its numbers are 0. */
final class HikariView implements RotatedPool, Demand {

    private static final long LONGEST_WAIT_MILLIS = 1;

    private final DatabaseSettings settings;
    private final boolean reader;
    private final OpenConnections open;
    private volatile @Nullable HikariDataSource hikari;
    private volatile @Nullable BorrowTracker tracker;

    /** @param reader whether it is the pool of the replicas */
    HikariView(DatabaseSettings settings, boolean reader, OpenConnections open) {
        this.settings = settings;
        this.reader = reader;
        this.open = open;
    }

    /** Called once, when HikariCP has started. From then on, the numbers come from HikariCP. */
    void started(HikariDataSource startedPool, @Nullable BorrowTracker measuring) {
        tracker = measuring;
        hikari = startedPool;
    }

    /** {@return HikariCP's pool; null before the start and after the end} */
    private @Nullable HikariPool pool() {
        HikariDataSource started = hikari;
        return started == null || started.isClosed() ? null : (HikariPool) started.getHikariPoolMXBean();
    }

    @Override
    public String name() {
        return HikariSettings.poolName(settings);
    }

    @Override
    public boolean isReader() {
        return reader;
    }

    @Override
    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public int idle() {
        HikariPool pool = pool();
        return pool == null ? 0 : pool.getIdleConnections();
    }

    @Override
    public int used() {
        HikariPool pool = pool();
        return pool == null ? 0 : pool.getActiveConnections();
    }

    @Override
    public int pending() {
        HikariPool pool = pool();
        return pool == null ? 0 : pool.getThreadsAwaitingConnection();
    }

    @Override
    public int total() {
        HikariPool pool = pool();
        return pool == null ? 0 : pool.getTotalConnections();
    }

    @Override
    public int maximumPoolSize() {
        HikariDataSource started = hikari;
        return started == null ? settings.get(Settings.MAXIMUM_POOL_SIZE) : started.getMaximumPoolSize();
    }

    @Override
    public int minimumIdle() {
        HikariDataSource started = hikari;
        return started == null
                ? settings.find(Settings.MINIMUM_IDLE).orElse(maximumPoolSize())
                : started.getMinimumIdle();
    }

    @Override
    public boolean isRunning() {
        HikariDataSource started = hikari;
        return started != null && started.isRunning();
    }

    /** {@return as HikariCP decides it: for a thread that waits, or to have minimumIdle idle connections} */
    @Override
    public boolean isWanted() {
        int idle = idle();
        return isRunning() && total() < maximumPoolSize() && (pending() > idle || idle < minimumIdle());
    }

    @Override
    public boolean isAwaited() {
        return pending() > 0;
    }

    @Override
    public int countOlderThan(long generation) {
        return open.countOlderThan(generation);
    }

    @Override
    public long generationOf(Connection connection) {
        return Connector.generationOf(connection);
    }

    @Override
    public @Nullable Connection physical(Connection borrowed) {
        try {
            Connection physical = borrowed.unwrap(Connection.class);
            // a closed proxy unwraps to a constant of HikariCP, which is closed
            return isClosed(physical) ? null : physical;
        } catch (SQLException e) {
            return null;
        }
    }

    @Override
    public boolean isClosed(Connection connection) {
        return ReadyConnection.isClosed(connection);
    }

    @Override
    public Connection acquire() throws SQLException {
        HikariPool pool = pool();
        if (pool == null) {
            throw new SQLTransientConnectionException("The pool is not running.");
        }
        ignoreThisThread();
        try {
            return pool.getConnection(LONGEST_WAIT_MILLIS);
        } finally {
            stopIgnoringThisThread();
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
            stopIgnoringThisThread();
        }
    }

    @Override
    public void evict(Connection borrowed) {
        HikariDataSource started = hikari;
        if (started != null) {
            started.evictConnection(borrowed);
        }
    }

    /** Connections that a rotation acquires are not part of the metrics. */
    private void ignoreThisThread() {
        BorrowTracker measuring = tracker;
        if (measuring != null) {
            measuring.ignoreThisThread();
        }
    }

    private void stopIgnoringThisThread() {
        BorrowTracker measuring = tracker;
        if (measuring != null) {
            measuring.stopIgnoringThisThread();
        }
    }
}
