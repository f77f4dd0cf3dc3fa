package dev.wellhead.internal.pool;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Where a thread that needs a physical connection gets one that another thread has opened. Thread-safe. */
interface Handover {

    /** {@return the connection that is ready; null if there is none} The caller owns it. */
    @Nullable
    Connection take();

    /**
     * {@return as {@link #take}} Waits until a connection is ready, the pool is closed or {@code millis} have passed.
     */
    @Nullable
    Connection await(long millis) throws InterruptedException;

    /** {@return whether the pool was closed, so that no connection is needed any more} */
    boolean isClosed();
}
