package dev.wellhead.internal.pool.rotation;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the connections of one pool that are older than a generation: one at a time, each by a connection that was
 * opened in advance, so that no borrower waits on an empty pool. A used connection is closed after it is returned.
 *
 * <p>HikariCP does not list its connections, but it can evict one through any proxy of it, even a closed proxy. So
 * during a retirement, {@link #borrowed} records the proxy of each old connection that is borrowed. To find old
 * connections that no thread borrows, this class acquires idle connections: HikariCP hands out the one that has been
 * idle longest.
 */
final class Retirement {

    private static final long NEXT_MILLIS = 25;
    private static final long NOTHING_TO_RETIRE_MILLIS = 200;
    private static final long FAILED_MILLIS = 1_000;

    /**
     * The maximum number of connections to hold during a search for an old idle one. HikariCP first hands out up to 16
     * connections that the same thread returned before, so the old one may be the 17th.
     */
    private static final int MAXIMUM_HELD_CONNECTIONS = 17;

    /** The idle connections are searched again each time this many consecutive steps have found nothing. */
    private static final int SEARCH_AGAIN_STEPS = 25;

    /**
     * After this many consecutive steps that found nothing, an unused replacement is closed before it becomes stale.
     */
    private static final int REPLACEMENT_STEPS = 10;

    /** The maximum number of steps to wait until the pool uses a replacement. */
    private static final int HAND_OVER_STEPS = 40;

    private final long generation;
    private final String label;
    private final long startNanos;
    private final RotatedPool pool;
    private final Replacements replacements;
    private final Duration budget;
    private final int count;

    /**
     * Maps each old physical connection that was borrowed to the first proxy that was recorded for it. The proxy is
     * closed when the borrower returns the connection, and it is never reopened.
     */
    private final Map<Connection, Connection> proxies = new ConcurrentHashMap<>();

    private int fruitlessSteps;
    private int handOverSteps = HAND_OVER_STEPS;

    /**
     * @param generation the oldest generation whose connections are kept
     * @param label the label of the credentials, which the server has accepted
     * @param startNanos the time when the server accepted the credentials
     * @param budget the longest time to open a replacement
     */
    Retirement(
            long generation,
            String label,
            long startNanos,
            RotatedPool pool,
            Replacements replacements,
            Duration budget) {
        this.generation = generation;
        this.label = label;
        this.startNanos = startNanos;
        this.pool = pool;
        this.replacements = replacements;
        this.budget = budget;
        this.count = pool.countOlderThan(generation);
    }

    /** {@return the oldest generation whose connections are kept} */
    long generation() {
        return generation;
    }

    /** {@return the label of the accepted credentials, for logs} */
    String label() {
        return label;
    }

    long startNanos() {
        return startNanos;
    }

    /** {@return the number of older connections at the start} */
    int count() {
        return count;
    }

    /** Called for each borrowed connection, on the borrower's thread. */
    void borrowed(Connection borrowed) {
        if (isOld(borrowed)) {
            Connection physical = pool.physical(borrowed);
            if (physical != null) {
                proxies.putIfAbsent(physical, borrowed);
            }
        }
    }

    /**
     * {@return the number of milliseconds until the next step} A step retires at most one connection.
     *
     * @param oldConnections how many are open; positive
     */
    long step(int oldConnections) {
        if (!pool.isRunning()) {
            // Acquiring from a suspended pool blocks until it is resumed.
            return FAILED_MILLIS;
        }
        if (isHandingOver()) {
            serveWaiters();
            return NEXT_MILLIS;
        }
        Connection returned = nextReturned();
        if (returned == null && !isWorthSearching(oldConnections)) {
            return nothingToRetire();
        }
        if (!prepareReplacement()) {
            // The old connection is kept, because no replacement could be opened. The pool has logged the failure.
            return FAILED_MILLIS;
        }
        if (returned != null) {
            pool.evict(returned);
        } else if (!evictOldIdle()) {
            return nothingToRetire();
        }
        fruitlessSteps = 0;
        handOverSteps = 0;
        serveWaiters();
        return NEXT_MILLIS;
    }

    /**
     * {@return whether the pool still has to use the replacement of the last retired connection} If another connection
     * were retired before that, the pool would shrink.
     */
    private boolean isHandingOver() {
        boolean needsConnection = pool.idle() < pool.minimumIdle() || pool.pending() > 0;
        return needsConnection && replacements.isReady() && handOverSteps++ < HAND_OVER_STEPS;
    }

    /**
     * {@return whether to search the idle connections for an old one} If there are more old connections than used ones,
     * at least one old connection is idle. Otherwise an old connection may still be idle, so the idle connections are
     * searched after 0, 1, 2, 4, 8 ... steps that found nothing, and every {@value #SEARCH_AGAIN_STEPS} such steps.
     */
    private boolean isWorthSearching(int oldConnections) {
        boolean isTurn = Integer.bitCount(fruitlessSteps) <= 1 || fruitlessSteps % SEARCH_AGAIN_STEPS == 0;
        return pool.idle() > 0 && (oldConnections > pool.used() || isTurn);
    }

    /** {@return the delay after a step that found no connection to retire} */
    private long nothingToRetire() {
        if (++fruitlessSteps % REPLACEMENT_STEPS == 0) {
            replacements.drop();
        }
        serveWaiters();
        return NOTHING_TO_RETIRE_MILLIS;
    }

    /** {@return whether an old connection may be closed now} Opens a replacement if none is ready. */
    private boolean prepareReplacement() {
        if (replacements.isReady()) {
            return true;
        }
        try {
            replacements.open(budget);
            return true;
        } catch (ConnectionFailedException e) {
            // If the server has no free slot, the old connection has to be closed before the new one can be opened.
            return e.kind() == FailureKind.TOO_MANY_CONNECTIONS;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * {@return the proxy of an old connection that was returned; null if there is none} Proxies of closed connections
     * are forgotten.
     */
    private @Nullable Connection nextReturned() {
        Iterator<Map.Entry<Connection, Connection>> entries = proxies.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Connection, Connection> entry = entries.next();
            if (pool.isClosed(entry.getKey())) {
                entries.remove();
            } else if (pool.isClosed(entry.getValue())) {
                entries.remove();
                return entry.getValue();
            }
        }
        return null;
    }

    /**
     * {@return whether an old idle connection was evicted} Newer connections are held until the search ends, so that
     * HikariCP does not hand them out again.
     */
    private boolean evictOldIdle() {
        List<Connection> held = new ArrayList<>();
        try {
            while (held.size() < MAXIMUM_HELD_CONNECTIONS && pool.idle() > 0 && pool.pending() == 0) {
                Connection idle = pool.acquire();
                if (isOld(idle)) {
                    pool.evict(idle);
                    return true;
                }
                held.add(idle);
            }
        } catch (SQLException e) {
            // Another thread acquired the idle connection first. If it is old, borrowed() records its proxy.
            return false;
        } finally {
            for (Connection connection : held) {
                pool.giveBack(connection);
            }
        }
        return false;
    }

    /**
     * Makes HikariCP open a connection for threads that are already waiting. After an eviction, HikariCP opens
     * connections only up to minimumIdle. Beyond that, it opens one only when another thread starts to acquire a
     * connection, so this method acquires one and returns it.
     */
    private void serveWaiters() {
        if (pool.pending() > 0 && pool.total() < pool.maximumPoolSize()) {
            try {
                pool.giveBack(pool.acquire());
            } catch (SQLException e) {
                // HikariCP handed the new connection to a thread that was already waiting.
                return;
            }
        }
    }

    /** {@return whether the connection is of an older generation} A connection that is not Wellhead's has none. */
    private boolean isOld(Connection connection) {
        long its = pool.generationOf(connection);
        return its >= 0 && its < generation;
    }
}
