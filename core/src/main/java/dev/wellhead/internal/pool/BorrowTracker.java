package dev.wellhead.internal.pool;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.wellhead.spi.BorrowListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Passes on what HikariCP measures, with three corrections: HikariCP tells of a wait that timed out as if it had acquired,
 * of what this side borrows to look after the pool, and of uses in whole milliseconds. Physical creations are told where
 * they happen. Thread-safe.
 */
public final class BorrowTracker implements IMetricsTracker {

    /** HikariCP's least connectionTimeout is 250 ms: whoever waited for less than this did not time out. */
    private static final long NO_TIMEOUT_BELOW_NANOS = 249_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final AtomicIntegerFieldUpdater<BorrowTracker> SPECIAL_THREADS =
            AtomicIntegerFieldUpdater.newUpdater(BorrowTracker.class, "specialThreads");

    private final BorrowListener listener;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** Of the thread that waited so long that HikariCP may be about to say that it timed out. */
    private final ThreadLocal<@Nullable Long> unsettled = new ThreadLocal<>();

    private final EndingUses ending = new EndingUses();

    private volatile @Nullable Thread ignored;

    /** How many threads wait to be settled or are ignored: reading it costs less than looking. */
    private volatile int specialThreads;

    public BorrowTracker(BorrowListener listener) {
        this.listener = listener;
    }

    /** What this thread borrows is not told until {@link #heedAgain}. One thread at a time. */
    public void ignoreThisThread() {
        SPECIAL_THREADS.incrementAndGet(this);
        ignored = Thread.currentThread();
    }

    public void heedAgain() {
        ignored = null;
        SPECIAL_THREADS.decrementAndGet(this);
    }

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
        // below zero where HikariCP takes the time of day, which may have been set back
        if (specialThreads == 0 && nanos >= 0 && nanos < NO_TIMEOUT_BELOW_NANOS) {
            tellAcquired(nanos);
        } else if (!isIgnored()) {
            acquiredAfterAll(Math.max(0, nanos));
        }
    }

    private void acquiredAfterAll(long nanos) {
        settle();
        if (nanos < NO_TIMEOUT_BELOW_NANOS) {
            tellAcquired(nanos);
        } else {
            unsettled.set(nanos);
            SPECIAL_THREADS.incrementAndGet(this);
        }
    }

    @Override
    public void recordConnectionTimeout() {
        if (!isIgnored()) {
            takeUnsettled();
            try {
                listener.timedOut();
            } catch (RuntimeException | Error broken) {
                complain(broken);
            }
        }
    }

    /** Told, on its thread, just before a connection is returned on which something was sent. */
    public void returning(LongSupplier use) {
        ending.put(use);
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
        if (millis == 0 && specialThreads == 0 && ending.isEmpty()) {
            tellReturned(0);
        } else {
            returned(millis);
        }
    }

    private void returned(long millis) {
        LongSupplier use = ending.take();
        long sent = use == null ? -1 : use.getAsLong();
        if (!isIgnored()) {
            settle();
            tellReturned(used(millis, sent));
        }
    }

    /**
     * {@return nanoseconds}
     *
     * @param millis what HikariCP measured, rounded down
     * @param sent nanoseconds since the first byte, below zero where nothing was sent
     */
    private static long used(long millis, long sent) {
        long least = Math.max(0, millis) * NANOS_PER_MILLI;
        if (sent >= least && sent < least + NANOS_PER_MILLI) {
            return sent;
        }
        return least == 0 && sent < 0 ? 0 : least + NANOS_PER_MILLI / 2;
    }

    /** Told when this thread's acquire has not timed out. */
    public void settle() {
        if (specialThreads > 0) {
            Long nanos = takeUnsettled();
            if (nanos != null) {
                tellAcquired(nanos);
            }
        }
    }

    /** Whatever the listener throws, the connection must reach its borrower, and the pool again. */
    private void tellAcquired(long nanos) {
        try {
            listener.acquired(nanos);
        } catch (RuntimeException | Error broken) {
            complain(broken);
        }
    }

    private void tellReturned(long nanos) {
        try {
            listener.returned(nanos);
        } catch (RuntimeException | Error broken) {
            complain(broken);
        }
    }

    private void complain(Throwable broken) {
        if (complained.compareAndSet(false, true)) {
            LoggerFactory.getLogger(ConnectionPool.class)
                    .warn("A listener of borrowers failed; it is called again, and this is not said again.", broken);
        }
    }

    private @Nullable Long takeUnsettled() {
        Long nanos = unsettled.get();
        unsettled.remove();
        if (nanos != null) {
            SPECIAL_THREADS.decrementAndGet(this);
        }
        return nanos;
    }

    private boolean isIgnored() {
        return specialThreads > 0 && ignored == Thread.currentThread();
    }
}
