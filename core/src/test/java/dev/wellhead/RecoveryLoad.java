package dev.wellhead;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.BorrowLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A load on a database that becomes unavailable for a while. It can also evict connections, so that the pool opens new
 * ones all the time.
 */
final class RecoveryLoad implements AutoCloseable {

    private static final int WARM_UP = 80;
    private static final long BETWEEN_EVICTIONS_NANOS = 50_000_000;
    private static final long ESCAPED_NANOS = 200_000_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final BorrowLoad load;
    private final List<Throwable> failedEvictions = new CopyOnWriteArrayList<>();
    private final Thread evictions;
    private volatile boolean isClosed;
    private long uses;
    private long usedAt;

    private RecoveryLoad(Database database) throws SQLException {
        HikariDataSource hikari = database.unwrap(HikariDataSource.class);
        this.load = BorrowLoad.start(database);
        this.evictions = new Thread(() -> evict(database, hikari), "evictions");
        this.evictions.setDaemon(true);
    }

    /** @param evicting whether a connection is evicted every 50 ms */
    static RecoveryLoad start(Database database, boolean evicting) throws SQLException {
        RecoveryLoad started = new RecoveryLoad(database);
        if (evicting) {
            started.evictions.start();
        }
        started.awaitBorrows(WARM_UP);
        return started;
    }

    private void evict(Database database, HikariDataSource hikari) {
        while (!isClosed) {
            try (Connection connection = database.getConnection()) {
                hikari.evictConnection(connection);
            } catch (SQLException e) {
                failedEvictions.add(e);
            }
            LockSupport.parkNanos(BETWEEN_EVICTIONS_NANOS);
        }
    }

    /** Waits until the threads have used this many connections from now on. */
    void awaitBorrows(int count) {
        load.awaitUses(count);
    }

    /** Waits until no thread has had a success for this long. */
    void awaitOutage(Duration silence) {
        awaitOutage(silence, () -> {});
    }

    /**
     * Waits until no thread has had a success for this long.
     *
     * @param endSessions is called while threads succeed: a session that was opening when the fault began can escape it
     */
    void awaitOutage(Duration silence, Runnable endSessions) {
        usedAt = System.nanoTime();
        Await.until(LONG, "the database is not available", () -> {
            if (load.uses() != uses) {
                uses = load.uses();
                usedAt = System.nanoTime();
            }
            long silent = System.nanoTime() - usedAt;
            if (silent < ESCAPED_NANOS) {
                endSessions.run();
            }
            return silent >= silence.toNanos();
        });
    }

    /** Waits until every thread has had a success, and prints the figures of the outage. */
    void awaitRecovery(String fault) {
        load.print(fault, load.awaitRecovery());
    }

    List<Throwable> failedBorrows() {
        List<Throwable> all = new ArrayList<>(load.failedBorrows());
        all.addAll(failedEvictions);
        return all;
    }

    @Override
    public void close() {
        isClosed = true;
        load.close();
        Await.until(LONG, "no connection is evicted", () -> !evictions.isAlive());
    }
}
