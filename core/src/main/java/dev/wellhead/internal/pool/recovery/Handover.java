package dev.wellhead.internal.pool.recovery;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Passes a physical connection from the thread that opened it to a thread that needs one. Thread-safe. */
public interface Handover {

    /**
     * {@return the connection that is ready; null if there is none} Waits until a connection is ready, the pool is
     * closed or {@code millis} have passed. The caller owns the connection.
     */
    @Nullable
    Connection await(long millis) throws InterruptedException;

    /** {@return whether the pool was closed, so that no connection is needed any more} */
    boolean isClosed();
}
