package dev.wellhead.aws;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** When to ask the store again. All intervals are jittered so that a fleet does not ask in step. Thread-safe. */
final class Timing {

    /** How often a rotation that must be under way is looked for; at first sooner, for reads that just lag behind. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration FIRST_POLL = Duration.ofMillis(150);

    /** And how often once it has been looked for in vain for about a minute: then the password is just wrong. */
    private static final Duration SLOW_POLL = Duration.ofSeconds(10);

    private static final int POLLS = 60;

    /** What was found may be refused as well: then the next look follows at once, or nearly. */
    private static final Duration AFTER_NEWS = Duration.ofMillis(100);

    /** A store that failed is asked again after 0.25, 0.5, 1, 2, 4, 4 ... s. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);

    private static final int MOST_DOUBLINGS = 4;

    /** How soon a background refresh that failed is tried again. */
    private static final Duration REFRESH_RETRY = Duration.ofSeconds(5);

    private static final double JITTER = 0.2;

    /** Lets time pass. */
    interface Pause {
        /** Waits until {@code condition} is signalled, at most {@code nanos}. */
        void await(Condition condition, long nanos) throws InterruptedException;
    }

    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final Pause pause;
    private final long refreshNanos;

    /**
     * @param random uniform from 0 to 1
     * @param refreshInterval how often the current version is fetched in the background
     */
    Timing(LongSupplier nanoTime, DoubleSupplier random, Pause pause, Duration refreshInterval) {
        this.nanoTime = nanoTime;
        this.random = random;
        this.pause = pause;
        this.refreshNanos = refreshInterval.toNanos();
    }

    static Timing ofSystem(Duration refreshInterval) {
        return new Timing(System::nanoTime, Math::random, Condition::awaitNanos, refreshInterval);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    long nextRefreshAt() {
        return now() + jittered(refreshNanos);
    }

    long refreshRetryAt() {
        return now() + jittered(Math.min(REFRESH_RETRY.toNanos(), refreshNanos));
    }

    /** @param fruitless how many looks in a row found nothing new, above zero */
    long nextPollAt(int fruitless) {
        if (fruitless > POLLS) {
            return now() + jittered(SLOW_POLL.toNanos());
        }
        return now()
                + jittered(Math.min(FIRST_POLL.toNanos() << Math.min(fruitless - 1, MOST_DOUBLINGS), POLL.toNanos()));
    }

    long nextLookAt() {
        return now() + AFTER_NEWS.toNanos();
    }

    /** @param failures how many looks in a row failed, above zero */
    long retryAt(int failures) {
        return now() + jittered(FIRST_RETRY.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS));
    }

    void pause(Condition condition, long nanos) throws InterruptedException {
        pause.await(condition, nanos);
    }

    private long jittered(long nanos) {
        return (long) (nanos * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
    }
}
