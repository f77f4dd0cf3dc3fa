package dev.wellhead.internal.credentials;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    private long dueAt;
    private int changes;
    private int unchanged;
    private int failures;

    RefreshPace(RefreshSchedule schedule, RefreshClock clock) {
        this.schedule = schedule;
        this.clock = clock;
        this.notBefore = clock.nanoTime();
        scheduleNext(schedule.interval());
    }

    /** {@return how long the next fetch has to wait; zero or less if it may start now} */
    long waitNanos() {
        return notBefore - clock.nanoTime();
    }

    /** {@return whether a background refresh is due} */
    boolean isDue() {
        return schedule.interval() != null && dueAt - clock.nanoTime() <= 0;
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
        scheduleNext(schedule.interval());
    }

    /** @param wasRefused whether a server had refused the known credentials; without a refusal the next fetch needs no delay */
    void unchanged(boolean wasRefused) {
        failures = 0;
        if (wasRefused) {
            delay(schedule.afterNoChange().after(unchanged++));
        }
        scheduleNext(schedule.interval());
    }

    void failed() {
        delay(schedule.afterFailure().after(failures++));
        Duration interval = schedule.interval();
        scheduleNext(interval == null || interval.compareTo(RETRY) < 0 ? interval : RETRY);
    }

    private void delay(Duration delay) {
        notBefore = clock.nanoTime() + jittered(delay);
    }

    private void scheduleNext(@Nullable Duration delay) {
        dueAt = delay == null ? dueAt : clock.nanoTime() + jittered(delay);
    }

    private long jittered(Duration delay) {
        return (long) (delay.toNanos() * (1 - JITTER + 2 * JITTER * clock.random()));
    }
}
