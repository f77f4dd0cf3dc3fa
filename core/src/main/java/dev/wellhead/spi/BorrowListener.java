package dev.wellhead.spi;

/**
 * Told of every acquire and return of one pool, on the borrower's thread: a few nanoseconds here are a few nanoseconds
 * of every acquire. Thread-safe. The pool's own looking after its connections is not told.
 */
public interface BorrowListener {

    /**
     * A connection was acquired.
     *
     * @param nanos how long that took, the wait included
     */
    void acquired(long nanos);

    /**
     * A connection was returned.
     *
     * @param millis how long it was used, in whole milliseconds, rounded down: all that HikariCP knows
     */
    void returned(long millis);

    /** None was there within connectionTimeout; {@link #acquired} is not told of it. */
    void timedOut();
}
