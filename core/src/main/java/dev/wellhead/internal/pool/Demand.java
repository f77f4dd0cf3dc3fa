package dev.wellhead.internal.pool;

/** Whether a pool needs a connection. */
interface Demand {

    /** {@return whether the pool would add another connection} */
    boolean isWanted();

    /** {@return whether a thread is waiting for a connection} */
    boolean isAwaited();
}
