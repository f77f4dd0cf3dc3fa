package dev.wellhead.internal.credentials;

import java.time.Duration;

/**
 * Decides when the next fetch may start, from the outcomes of the previous ones. Delays are jittered so that the
 * instances of a service do not fetch at the same moment. Not thread-safe: {@link Refresher} calls it under its lock.
 */
final class RefreshPace {

    /** After this long without a fetch, an outcome counts as the first of its kind again. */
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    /** How soon a background refresh that failed is repeated, if the interval is not shorter. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final double JITTER = 0.2;

    private final RefreshSchedule schedule;
    private final RefreshClock clock;
    private long notBefore;
    private long endedAt;
    private double spread;
    private int changes;
    private int unchanged;
    private int failures;

    RefreshPace(RefreshSchedule schedule, RefreshClock clock) {
        this.schedule = schedule;
        this.clock = clock;
        this.notBefore = clock.nanoTime();
        ended();
    }

    /** {@return how long the next fetch has to wait; zero or less if it may start now} */
    long waitNanos() {
        return notBefore - clock.nanoTime();
    }

    /**
     * {@return whether the last fetch ended longer than {@code interval} ago} A fetch that failed is repeated earlier.
     */
    boolean isDue(Duration interval) {
        Duration delay = failures > 0 && RETRY.compareTo(interval) < 0 ? RETRY : interval;
        return clock.nanoTime() - endedAt >= (long) (delay.toNanos() * spread);
    }

    /** Counts a fetch as one of a new series if the previous one was long ago. */
    void started() {
        if (clock.nanoTime() - notBefore > QUIET_NANOS) {
            changes = 0;
            unchanged = 0;
            failures = 0;
        }
    }

    void changed() {
        failures = 0;
        unchanged = 0;
        delay(schedule.afterChange().after(changes++));
        ended();
    }

    /**
     * @param isRepeated whether a caller repeats the fetch until there is a change; otherwise the next one needs no
     * delay
     */
    void unchanged(boolean isRepeated) {
        failures = 0;
        if (isRepeated) {
            delay(schedule.afterNoChange().after(unchanged++));
        }
        ended();
    }

    void failed() {
        delay(schedule.afterFailure().after(failures++));
        ended();
    }

    private void delay(Duration delay) {
        notBefore = clock.nanoTime() + (long) (delay.toNanos() * spread());
    }

    private void ended() {
        endedAt = clock.nanoTime();
        spread = spread();
    }

    private double spread() {
        return 1 - JITTER + 2 * JITTER * clock.random();
    }
}
