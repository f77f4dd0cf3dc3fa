package dev.wellhead.internal.pool.recovery;

/** Whether a pool needs a connection. */
public interface Demand {

    /** {@return whether the pool would add another connection} */
    boolean isWanted();

    /** {@return whether a thread is waiting for a connection} */
    boolean isAwaited();
}
