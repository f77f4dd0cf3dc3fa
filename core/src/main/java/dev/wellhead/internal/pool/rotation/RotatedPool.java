package dev.wellhead.internal.pool.rotation;

import dev.wellhead.spi.PoolStats;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A pool with the operations that a rotation needs. A borrowed connection is a proxy; the same physical connection has
 * another proxy each time it is borrowed. Thread-safe.
 */
public interface RotatedPool extends PoolStats {

    /** {@return whether connections can be acquired: the pool is neither suspended nor closed} */
    boolean isRunning();

    /** {@return the number of connections that the pool holds} */
    int total();

    /** {@return the number of open physical connections of generations before {@code generation}} */
    int countOlderThan(long generation);

    /** {@return the generation of a proxy or physical connection; -1 if it is not Wellhead's or its proxy is closed} */
    long generationOf(Connection connection);

    /** {@return the physical connection behind a proxy; null if the proxy is closed} */
    @Nullable
    Connection physical(Connection borrowed);

    /** {@return whether a proxy was returned, or a physical connection is closed} */
    boolean isClosed(Connection connection);

    /** {@return an idle connection, the one that was idle longest} Not counted in metrics. Waits at most 1 ms. */
    Connection acquire() throws SQLException;

    /** Returns a connection of {@link #acquire}. */
    void giveBack(Connection acquired);

    /**
     * Closes the physical connection behind {@code borrowed}: immediately if it is idle or the proxy is open, else when
     * it is returned. Works with a proxy that is closed already.
     */
    void evict(Connection borrowed);
}
