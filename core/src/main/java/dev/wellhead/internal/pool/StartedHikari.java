package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.wellhead.internal.pool.rotation.Housekeeping;

/**
 * A HikariCP pool that has started, with the parts that it uses.
 *
 * @param source where it gets its connections
 * @param housekeeping runs its scheduled work
 */
record StartedHikari(HikariDataSource pool, PoolDataSource source, Housekeeping housekeeping) {

    /** Wakes the threads that wait for a connection. Each gets a wake-up connection if no connection is idle. */
    void endWaits() {
        source.close();
        if (!pool.isClosed()) {
            boolean interrupted = Thread.interrupted();
            WaitingThreads.wake(pool, source);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes all connections, also if the calling thread is interrupted: HikariCP would stop halfway. */
    void close() {
        boolean interrupted = Thread.interrupted();
        source.interruptConnect();
        pool.close();
        if (Thread.interrupted()) {
            interrupted = true;
            shutDownAgain();
        }
        housekeeping.shutdown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutDownAgain() {
        try {
            ((HikariPool) pool.getHikariPoolMXBean()).shutdown();
        } catch (InterruptedException e) {
            // the connections that are left are closed by the threads that use them
            Thread.currentThread().interrupt();
        }
    }
}
