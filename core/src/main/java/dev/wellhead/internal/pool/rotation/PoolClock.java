package dev.wellhead.internal.pool.rotation;

/** The time, and a way to wait. Tests use a clock of their own. */
public interface PoolClock {

    /** {@return the time in nanoseconds, for differences only} */
    long nanoTime();

    /** Waits on the current thread. */
    void sleep(long millis) throws InterruptedException;

    /** The machine's monotonic clock. */
    final class Machine implements PoolClock {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }
}
