package dev.wellhead.internal.pool.roles;

import dev.wellhead.internal.pool.rotation.MaintenanceTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when statements fail because a transaction is read-only (SQLSTATE 25006). The connection is kept,
 * unless a new session would accept writes and this one does not. One new session per pool is opened to find that out, at
 * most about once a second. Thread-safe.
 */
public final class WriteRefusals {

    /** What the existing connections report about their servers, without a query. */
    public enum Report {
        /** Every server accepts writes, so the application itself made the transaction read-only. */
        ACCEPT_WRITES,
        /** Not every server reports whether it accepts writes. */
        UNKNOWN,
        /** A server does not accept writes, or a session was made read-only. */
        READ_ONLY
    }

    /** The connections of a pool, compared with a new session. */
    public interface Comparison {

        /** {@return what the existing connections report} */
        Report reported();

        /**
         * Opens a new session. If it accepts writes, every connection that does not because of its server is marked for
         * eviction.
         *
         * @return the number of marked connections; {@link #NO_SESSION_ACCEPTS_WRITES} if a new session would not be better
         */
        int withNewSession();
    }

    /** A new session does not accept writes either, or none could be opened. */
    public static final int NO_SESSION_ACCEPTS_WRITES = -1;

    /** The pause between two sessions is random, so that pools do not open them at the same moment. */
    static final long SHORTEST_PAUSE = 700_000_000;

    static final long LONGEST_PAUSE = 900_000_000;

    private final String subject;
    private final Comparison comparison;
    private final PendingEvictions evictions;
    private final PoolClock clock;
    private final MaintenanceTimer timer;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean hasChecked;
    private volatile long nextCheck;
    private volatile boolean readOnly;

    /**
     * @param subject the beginning of a message, such as {@code Database 'ledger'}
     * @param timer runs the checks
     */
    public WriteRefusals(
            String subject,
            Comparison comparison,
            PendingEvictions evictions,
            PoolClock clock,
            MaintenanceTimer timer) {
        this.subject = subject;
        this.comparison = comparison;
        this.evictions = evictions;
        this.clock = clock;
        this.timer = timer;
    }

    /** Called on the thread of a borrower whose statement failed. Returns immediately. */
    public void refused() {
        if ((hasChecked && clock.nanoTime() - nextCheck < 0) || !checking.compareAndSet(false, true)) {
            return;
        }
        CountDownLatch decision = new CountDownLatch(1);
        boolean scheduled = false;
        try {
            scheduled = schedule(comparison.reported(), decision);
        } finally {
            if (!scheduled) {
                checking.set(false);
                evictions.decided(decision);
            }
        }
    }

    /** {@return whether a check was scheduled, which is not necessary if the open connections accept writes} */
    private boolean schedule(Report report, CountDownLatch decision) {
        if (report == Report.ACCEPT_WRITES) {
            return false;
        }
        if (report == Report.READ_ONLY && !readOnly) {
            // so that a server that was demoted refuses one write per connection at most
            evictions.decideUntil(decision);
        }
        Future<?> unused = timer.schedule(() -> check(decision), 0);
        return true;
    }

    private void check(CountDownLatch decision) {
        int marked = 0;
        try {
            marked = comparison.withNewSession();
            report(marked);
        } finally {
            nextCheck = clock.nanoTime() + ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
            hasChecked = true;
            checking.set(false);
            evictions.decided(decision);
        }
        if (marked > 0) {
            evictions.evictIdle();
        }
    }

    /** Logs the beginning and the end of the time in which no server accepts writes. */
    private void report(int marked) {
        if (marked == NO_SESSION_ACCEPTS_WRITES) {
            if (!readOnly) {
                readOnly = true;
                log().warn(
                                "{}: writes fail because the server is read-only (SQLSTATE 25006), and a new connection would"
                                        + " not accept writes either. Existing connections are kept. This is checked about once"
                                        + " a second while writes fail.",
                                subject);
            }
            return;
        }
        if (marked > 0) {
            log().info(
                            "{}: {} replaced, because their server does not accept writes (SQLSTATE 25006) and a new"
                                    + " connection does.",
                            subject,
                            marked == 1 ? "1 connection is" : marked + " connections are");
        } else if (readOnly) {
            log().info("{}: a new connection accepts writes again.", subject);
        }
        readOnly = false;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(WriteRefusals.class);
    }
}
