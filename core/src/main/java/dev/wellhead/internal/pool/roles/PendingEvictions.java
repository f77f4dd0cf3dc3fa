package dev.wellhead.internal.pool.roles;

import dev.wellhead.internal.pool.rotation.RotatedPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one pool that are closed when they are next idle or borrowed, because their server does not have the
 * role that the pool needs any more. Thread-safe.
 */
public final class PendingEvictions {

    /** HikariCP first hands out up to 16 connections that the same thread returned before. */
    private static final int MAXIMUM_HELD_CONNECTIONS = 17;

    private final RotatedPool pool;
    private final Set<Connection> marked = ConcurrentHashMap.newKeySet(1);
    private volatile @Nullable CountDownLatch decision;
    private volatile boolean active;

    public PendingEvictions(RotatedPool pool) {
        this.pool = pool;
    }

    /** {@return whether {@link #awaitDecision} and {@link #evict} have work to do} This costs one volatile read. */
    public boolean isActive() {
        return active;
    }

    /** Evicts a physical connection when it is next idle or borrowed. */
    public void mark(Connection physical) {
        marked.add(physical);
        active = true;
    }

    /** Lets borrowers wait until {@code latch} is open, because connections may have to be marked. */
    void decideUntil(CountDownLatch latch) {
        decision = latch;
        active = true;
    }

    /** Ends what {@link #decideUntil} began. */
    void decided(CountDownLatch latch) {
        latch.countDown();
        decision = null;
        settle();
    }

    /** Waits for a decision about the connections, if one is pending, for at most {@code millis}. */
    public void awaitDecision(long millis) {
        CountDownLatch pending = decision;
        if (pending != null) {
            try {
                pending.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // the pool reports the interrupt
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return whether a borrowed connection was marked} It is evicted then, and the borrower needs another one. */
    public boolean evict(Connection borrowed) {
        if (marked.isEmpty()) {
            return false;
        }
        Connection physical = pool.physical(borrowed);
        if (physical == null || !marked.remove(physical)) {
            return false;
        }
        pool.evict(borrowed);
        settle();
        return true;
    }

    /** Evicts the marked connections that are idle. The others are held until the end, so that each is acquired once. */
    public void evictIdle() {
        List<Connection> held = new ArrayList<>();
        try {
            while (isWorthSearching() && held.size() < MAXIMUM_HELD_CONNECTIONS) {
                Connection idle = pool.acquire();
                if (!evict(idle)) {
                    held.add(idle);
                }
            }
        } catch (SQLException e) {
            // another thread acquired the idle connection first, and evicts it if it is marked
            return;
        } finally {
            for (Connection connection : held) {
                pool.giveBack(connection);
            }
        }
    }

    private boolean isWorthSearching() {
        settle();
        return !marked.isEmpty() && pool.isRunning() && pool.idle() > 0 && pool.pending() == 0;
    }

    /** Forgets connections that have closed. */
    private void settle() {
        marked.removeIf(pool::isClosed);
        active = decision != null || !marked.isEmpty();
        if (decision != null || !marked.isEmpty()) {
            // a connection was marked meanwhile, or a decision has become pending
            active = true;
        }
    }
}
