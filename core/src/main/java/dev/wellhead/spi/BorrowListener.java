package dev.wellhead.spi;

/**
 * Is notified of every acquire and every return of one pool, on the thread that uses the connection. Implementations
 * must be thread-safe and fast: their time is added to every acquire and return. Connections that the pool acquires for
 * its own maintenance are not reported.
 */
public interface BorrowListener {

    /**
     * A connection was acquired.
     *
     * @param nanos the time from the call of {@code getConnection} to its return, in nanoseconds
     */
    void acquired(long nanos);

    /**
     * A connection was returned.
     *
     * @param millis the time for which it was used, in whole milliseconds, rounded down, as HikariCP measures it
     */
    void returned(long millis);

    /** No connection became available within connectionTimeout. {@link #acquired} is not called for this wait. */
    void timedOut();
}
