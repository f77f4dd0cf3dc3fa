package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the threads that wait for a connection of a pool that closes. HikariCP has no operation for this and lets them
 * wait until connectionTimeout. So HikariCP gets one more connection ({@link WakeUpConnection}). A waiting thread
 * receives it, finds that the pool is closed and returns it, and HikariCP passes it to the next thread. No thread of
 * the application is interrupted, and a borrow costs nothing more than the check whether the pool is closed.
 */
final class WaitingThreads {

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PAUSE_MILLIS = 2;

    /** For this many pauses, no thread must be waiting: one may just have begun to acquire a connection. */
    private static final int QUIET_PAUSES = 10;

    private WaitingThreads() {}

    /** @param source of the pool; it is closed and supplies wake-up connections */
    static void wake(HikariDataSource hikari, PoolDataSource source) {
        HikariPool pool = (HikariPool) hikari.getHikariPoolMXBean();
        boolean suspended = pool.poolState == HikariPool.POOL_SUSPENDED;
        if (suspended) {
            // the threads that wait for this are not counted
            pool.resumePool();
        } else if (!mayExist(pool, source)) {
            return;
        }
        int maximumPoolSize = hikari.getMaximumPoolSize();
        hikari.setMaximumPoolSize(Math.max(maximumPoolSize, pool.getTotalConnections()) + 1);
        long begin = System.nanoTime();
        int quiet = 0;
        while (quiet < QUIET_PAUSES && System.nanoTime() - begin < LONGEST_NANOS) {
            int waiting = pool.getThreadsAwaitingConnection();
            if (waiting > 0) {
                source.interruptConnect();
                pool.addBagItem(waiting);
            }
            // a thread whose validation ends begins to wait
            quiet = source.interruptValidations() || waiting > 0 ? 0 : quiet + 1;
            if (!pause()) {
                break;
            }
        }
        hikari.setMaximumPoolSize(maximumPoolSize);
    }

    /** {@return whether a thread is waiting, or may begin to wait because no connection is idle} */
    private static boolean mayExist(HikariPool pool, PoolDataSource source) {
        return pool.getThreadsAwaitingConnection() > 0
                || pool.getIdleConnections() == 0
                || source.interruptValidations();
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
