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
 * opened in advance, so that no borrower waits on an empty pool. A used connection ends when it is returned.
 *
 * <p>HikariCP does not list its connections, but it can evict one through any proxy of it, even a closed proxy. So during
 * a retirement each borrower of an old connection leaves its proxy here ({@link #borrowed}). Old connections that nobody
 * borrows are found by acquiring idle ones: HikariCP hands out the one that was idle longest.
 */
final class Retirement {

    private static final long NEXT_MILLIS = 25;
    private static final long NOTHING_TO_RETIRE_MILLIS = 200;
    private static final long FAILED_MILLIS = 1_000;

    /**
     * The most connections to hold while looking for an old idle one. HikariCP prefers up to 16 connections that the same
     * thread returned before; the old one may be behind them.
     */
    private static final int MOST_HELD = 17;

    /** After this many steps that found nothing, the idle connections are searched again. */
    private static final int SEARCH_AGAIN_STEPS = 25;

    /** After this many steps that found nothing, an unused replacement is closed, so that none is handed out stale. */
    private static final int REPLACEMENT_STEPS = 10;

    /** The most steps to wait until the pool uses a replacement. */
    private static final int HAND_OVER_STEPS = 40;

    private final long generation;
    private final String label;
    private final long startNanos;
    private final RotatedPool pool;
    private final Replacements replacements;
    private final Duration budget;
    private final int count;

    /** For each old physical connection that was borrowed, its first proxy: it is closed soon and stays closed. */
    private final Map<Connection, Connection> proxies = new ConcurrentHashMap<>();

    private int fruitlessSteps;
    private int handOverSteps = HAND_OVER_STEPS;

    /**
     * @param generation the oldest generation that stays
     * @param label of the credentials that were proven
     * @param startNanos the time when they were proven
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
        this.count = pool.olderThan(generation);
    }

    long generation() {
        return generation;
    }

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
     * {@return milliseconds until the next step} Retires at most one connection.
     *
     * @param left the number of old connections, positive
     */
    long step(int left) {
        if (!pool.isRunning()) {
            // Acquiring from a suspended pool blocks, and this thread serves all pools.
            return FAILED_MILLIS;
        }
        if (isHandingOver()) {
            serveWaiters();
            return NEXT_MILLIS;
        }
        Connection returned = nextReturned();
        if (returned == null && !isWorthSearching(left)) {
            return nothingToRetire();
        }
        if (!prepareReplacement()) {
            // An old connection is better than none. The pool has logged the failure.
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

    /** {@return whether the pool has not yet used the replacement of the last retired connection} Another would shrink it. */
    private boolean isHandingOver() {
        boolean needsConnection = pool.idle() < pool.minimumIdle() || pool.pending() > 0;
        return needsConnection && replacements.isReady() && handOverSteps++ < HAND_OVER_STEPS;
    }

    /** Old connections may be idle although newer ones are used. They are searched for soon, then less and less often. */
    private boolean isWorthSearching(int left) {
        boolean isTurn = Integer.bitCount(fruitlessSteps) <= 1 || fruitlessSteps % SEARCH_AGAIN_STEPS == 0;
        return pool.idle() > 0 && (left > pool.used() || isTurn);
    }

    private long nothingToRetire() {
        if (++fruitlessSteps % REPLACEMENT_STEPS == 0) {
            replacements.drop();
        }
        serveWaiters();
        return NOTHING_TO_RETIRE_MILLIS;
    }

    /** {@return whether an old connection may end now} */
    private boolean prepareReplacement() {
        if (replacements.isReady()) {
            return true;
        }
        try {
            replacements.open(budget);
            return true;
        } catch (ConnectionFailedException e) {
            // If the server has no free slot, the old connection has to end before the new one can open.
            return e.kind() == FailureKind.TOO_MANY_CONNECTIONS;
        } catch (SQLException e) {
            return false;
        }
    }

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

    /** {@return whether an old idle connection was evicted} Newer ones are held until the search ends. */
    private boolean evictOldIdle() {
        List<Connection> held = new ArrayList<>();
        try {
            while (held.size() < MOST_HELD && pool.idle() > 0 && pool.pending() == 0) {
                Connection idle = pool.acquire();
                if (isOld(idle)) {
                    pool.evict(idle);
                    return true;
                }
                held.add(idle);
            }
        } catch (SQLException e) {
            // A borrower acquired it first, and leaves its proxy here.
            return false;
        } finally {
            for (Connection connection : held) {
                pool.giveBack(connection);
            }
        }
        return false;
    }

    /**
     * HikariCP replaces an evicted connection only up to minimumIdle. Threads that already wait get a new connection only
     * if another thread acquires one, so this thread does.
     */
    private void serveWaiters() {
        if (pool.pending() > 0 && pool.total() < pool.maximumPoolSize()) {
            try {
                pool.giveBack(pool.acquire());
            } catch (SQLException e) {
                // The new connection went to a thread that waited before this one.
                return;
            }
        }
    }

    private boolean isOld(Connection connection) {
        long its = pool.generationOf(connection);
        return its >= 0 && its < generation;
    }
}
