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
     * @param nanos how long it was used. The whole milliseconds are HikariCP's. Within the millisecond it is counted
     *     from the first byte that was sent; where that says nothing it is the middle, and 0 where nothing was sent in
     *     less than a millisecond
     */
    void returned(long nanos);

    /** None was there within connectionTimeout; {@link #acquired} is not told of it. */
    void timedOut();
}
