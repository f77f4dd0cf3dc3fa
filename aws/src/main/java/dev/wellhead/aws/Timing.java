package dev.wellhead.aws;

import dev.wellhead.credentials.CredentialsException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** When to ask the store again. All intervals are jittered so that a fleet does not ask in step. Thread-safe. */
final class Timing {

    /** How often a rotation that must be under way is looked for. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How soon a background refresh that failed is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final double JITTER = 0.2;

    /** Waits. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final Sleeper sleeper;
    private final long refreshNanos;

    /**
     * @param random uniform from 0 to 1
     * @param refreshInterval how often the current version is fetched in the background
     */
    Timing(LongSupplier nanoTime, DoubleSupplier random, Sleeper sleeper, Duration refreshInterval) {
        this.nanoTime = nanoTime;
        this.random = random;
        this.sleeper = sleeper;
        this.refreshNanos = refreshInterval.toNanos();
    }

    static Timing ofSystem(Duration refreshInterval) {
        return new Timing(System::nanoTime, Math::random, TimeUnit.NANOSECONDS::sleep, refreshInterval);
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    long nextRefreshAt() {
        return nanoTime.getAsLong() + jittered(refreshNanos);
    }

    long retryAt() {
        return nanoTime.getAsLong() + jittered(Math.min(RETRY.toNanos(), refreshNanos));
    }

    long pollNanos() {
        return jittered(POLL.toNanos());
    }

    void sleep(long nanos) throws CredentialsException {
        try {
            sleeper.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted while waiting for a rotation of the secret.", e);
        }
    }

    private long jittered(long nanos) {
        return (long) (nanos * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
    }
}
