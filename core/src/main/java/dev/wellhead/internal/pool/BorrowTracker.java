package dev.wellhead.internal.pool;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.wellhead.spi.BorrowListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Passes HikariCP's measurements to a {@link BorrowListener}, with two corrections: HikariCP reports a wait that timed out
 * as an acquire as well, and it reports the connections that the pool acquires for its own maintenance. New physical
 * connections are reported by the classes that open them. Thread-safe.
 */
final class BorrowTracker implements IMetricsTracker {

    /** HikariCP's lowest connectionTimeout is 250 ms. A shorter wait cannot have timed out. */
    private static final long NO_TIMEOUT_BELOW_NANOS = 249_000_000;

    private final BorrowListener listener;
    private final AtomicBoolean failureLogged = new AtomicBoolean();

    /** The wait of a thread that HikariCP may still report as timed out. */
    private final ThreadLocal<@Nullable Long> unsettled = new ThreadLocal<>();

    private final Set<Thread> ignored = ConcurrentHashMap.newKeySet(1);
    private volatile boolean stopped;

    /** The number of threads that have an unsettled wait or are ignored: usually 0, and then nothing has to be looked up. */
    private final AtomicInteger specialThreads = new AtomicInteger();

    BorrowTracker(BorrowListener listener) {
        this.listener = listener;
    }

    /** Does not report what this thread acquires and returns until {@link #stopIgnoringThisThread}. Not nested. */
    public void ignoreThisThread() {
        ignored.add(Thread.currentThread());
        specialThreads.incrementAndGet();
    }

    /** Reports what this thread acquires and returns again. */
    void stopIgnoringThisThread() {
        ignored.remove(Thread.currentThread());
        specialThreads.decrementAndGet();
    }

    /** Reports nothing any more: the borrows of a pool that closes are no measurements. */
    void stop() {
        stopped = true;
        specialThreads.incrementAndGet();
    }

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
        // on macOS HikariCP uses the time of day, so the difference is negative if the clock was set back
        long waited = Math.max(0, nanos);
        if (isIgnored()) {
            return;
        }
        settle();
        if (waited < NO_TIMEOUT_BELOW_NANOS) {
            reportAcquired(waited);
        } else {
            unsettled.set(waited);
            specialThreads.incrementAndGet();
        }
    }

    @Override
    public void recordConnectionTimeout() {
        if (!isIgnored()) {
            takeUnsettled();
            try {
                listener.timedOut();
            } catch (RuntimeException | Error e) {
                logFailure(e);
            }
        }
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
        if (!isIgnored()) {
            settle();
            try {
                listener.returned(Math.max(0, millis));
            } catch (RuntimeException | Error e) {
                logFailure(e);
            }
        }
    }

    /** Called after this thread has acquired a connection: its wait has not timed out. */
    public void settle() {
        if (specialThreads.get() > 0) {
            Long nanos = takeUnsettled();
            if (nanos != null) {
                reportAcquired(nanos);
            }
        }
    }

    /** Reports an acquire. A listener that fails does not affect the caller. */
    private void reportAcquired(long nanos) {
        try {
            listener.acquired(nanos);
        } catch (RuntimeException | Error e) {
            logFailure(e);
        }
    }

    /** A listener that throws must not cost the caller its connection, nor the pool. */
    private void logFailure(Throwable failure) {
        if (failureLogged.compareAndSet(false, true)) {
            LoggerFactory.getLogger(BorrowTracker.class)
                    .warn("A borrow listener failed. It is called again; further failures are not logged.", failure);
        }
    }

    /** {@return the unsettled wait of this thread, which is removed; null if there is none} */
    private @Nullable Long takeUnsettled() {
        Long nanos = unsettled.get();
        unsettled.remove();
        if (nanos != null) {
            specialThreads.decrementAndGet();
        }
        return nanos;
    }

    /** {@return whether this thread acquires connections for the pool itself, or the pool closes} */
    private boolean isIgnored() {
        return specialThreads.get() > 0 && (stopped || ignored.contains(Thread.currentThread()));
    }
}
