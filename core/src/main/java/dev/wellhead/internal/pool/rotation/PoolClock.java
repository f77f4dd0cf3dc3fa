package dev.wellhead.internal.pool.rotation;

/** The time, and a way to wait. Tests use a clock of their own. */
public interface PoolClock {

    /** {@return the time in nanoseconds, for differences only} */
    long nanoTime();

    /** Waits on the current thread. */
    void sleep(long millis) throws InterruptedException;
}
