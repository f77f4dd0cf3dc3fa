package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one look at a source through at a time, and not too often. Callers that come while a look is under way share its
 * answer; callers that come sooner after it than the interval get that answer again, failure included. Consecutive
 * failures double the interval up to the longest. For providers that implement {@link CredentialsProvider#refresh}.
 * Thread-safe; blocks no carrier of virtual threads.
 *
 * @param <T> what a look finds
 */
public final class RefreshGate<T> {

    /**
     * The look itself.
     *
     * @param <T> what it finds
     */
    @FunctionalInterface
    public interface Look<T> {
        /**
         * {@return what the source says now}
         *
         * @param budget how long the caller can wait
         * @throws CredentialsException when the source failed
         */
        T look(Duration budget) throws CredentialsException;
    }

    private static final int LARGEST_SHIFT = 20;

    private final long intervalNanos;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final Look<T> look;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<T> flight;
    private long landedAt;
    private int failures;

    /**
     * @param interval the least time between the end of a look and the next, zero or more
     * @param longest what the interval grows to when looks fail, at least {@code interval}
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     * @param look what is let through
     */
    public RefreshGate(Duration interval, Duration longest, LongSupplier nanoTime, Look<T> look) {
        this.intervalNanos = interval.toNanos();
        this.longestNanos = longest.toNanos();
        this.nanoTime = nanoTime;
        this.look = look;
    }

    /**
     * {@return the answer of a look: a new one on this thread, or one that is shared}
     *
     * @param budget how long to wait for the look of another thread, positive
     * @throws CredentialsException when the look failed, the budget ran out while waiting, or the thread was
     *     interrupted, which restores the flag
     */
    public T refresh(Duration budget) throws CredentialsException {
        CompletableFuture<T> shared;
        boolean mine = false;
        lock.lock();
        try {
            CompletableFuture<T> last = flight;
            if (last == null || (last.isDone() && nanoTime.getAsLong() - landedAt >= currentInterval())) {
                shared = new CompletableFuture<>();
                flight = shared;
                mine = true;
            } else {
                shared = last;
            }
        } finally {
            lock.unlock();
        }
        return mine ? fly(shared, budget) : await(shared, budget);
    }

    private long currentInterval() {
        long grown = failures == 0 ? intervalNanos : intervalNanos << Math.min(failures, LARGEST_SHIFT);
        return Math.min(grown, longestNanos);
    }

    private T fly(CompletableFuture<T> mine, Duration budget) throws CredentialsException {
        try {
            T answer = look.look(budget);
            land(0);
            mine.complete(answer);
            return answer;
        } catch (CredentialsException | RuntimeException | Error failure) {
            land(failures + 1);
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    private void land(int failuresNow) {
        lock.lock();
        try {
            failures = failuresNow;
            landedAt = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private T await(CompletableFuture<T> shared, Duration budget) throws CredentialsException {
        try {
            return shared.get(budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // a new exception per caller: the stack of the thread that looked would mislead
            throw new CredentialsException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new CredentialsException(
                    "The credentials were still being refreshed by another thread after " + budget.toMillis() + " ms.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted while waiting for a refresh of the credentials.", e);
        }
    }
}
