package dev.wellhead.pool;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.wellhead.spi.BorrowListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Passes on what HikariCP measures, with two corrections: HikariCP tells of a wait that timed out as if it had acquired,
 * and of what this side borrows to look after the pool. Physical creations are told where they happen. Thread-safe.
 */
final class BorrowTracker implements IMetricsTracker {

    /** HikariCP's least connectionTimeout is 250 ms: whoever waited for less than this did not time out. */
    private static final long NO_TIMEOUT_BELOW_NANOS = 249_000_000;

    private final BorrowListener listener;
    /** Of the thread that waited so long that HikariCP may be about to say that it timed out. */
    private final ThreadLocal<@Nullable Long> unsettled = new ThreadLocal<>();
    /** How many threads have one; reading it costs less than looking. */
    private final AtomicInteger unsettledThreads = new AtomicInteger();

    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable Thread ignored;

    BorrowTracker(BorrowListener listener) {
        this.listener = listener;
    }

    /** What {@code thread} borrows is not told, until another thread or none is set. */
    void ignore(@Nullable Thread thread) {
        ignored = thread;
    }

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
        if (isIgnored()) {
            return;
        }
        if (nanos < NO_TIMEOUT_BELOW_NANOS) {
            tellAcquired(nanos);
        } else {
            settle();
            unsettled.set(nanos);
            unsettledThreads.incrementAndGet();
        }
    }

    @Override
    public void recordConnectionTimeout() {
        if (!isIgnored()) {
            takeUnsettled();
            try {
                listener.timedOut();
            } catch (RuntimeException broken) {
                complain(broken);
            }
        }
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
        if (!isIgnored()) {
            settle();
            try {
                listener.returned(millis);
            } catch (RuntimeException broken) {
                complain(broken);
            }
        }
    }

    /** Told when this thread's acquire has not timed out. */
    void settle() {
        if (unsettledThreads.get() > 0) {
            Long nanos = takeUnsettled();
            if (nanos != null) {
                tellAcquired(nanos);
            }
        }
    }

    /** Whatever the listener throws, the connection must reach its borrower. */
    private void tellAcquired(long nanos) {
        try {
            listener.acquired(nanos);
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    private void complain(RuntimeException broken) {
        if (complained.compareAndSet(false, true)) {
            LoggerFactory.getLogger(ConnectionPool.class)
                    .warn("A listener of borrowers failed; it is called again, and this is not said again.", broken);
        }
    }

    private @Nullable Long takeUnsettled() {
        Long nanos = unsettled.get();
        unsettled.remove();
        if (nanos != null) {
            unsettledThreads.decrementAndGet();
        }
        return nanos;
    }

    private boolean isIgnored() {
        Thread thread = ignored;
        return thread != null && thread == Thread.currentThread();
    }
}
