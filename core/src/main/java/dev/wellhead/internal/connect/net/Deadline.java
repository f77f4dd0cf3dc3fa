package dev.wellhead.internal.connect.net;

import java.time.Duration;

/**
 * The moment at which an operation must end. Based on {@link System#nanoTime}, because socket timeouts use real time.
 *
 * @param nanoTime the moment, on the scale of {@link System#nanoTime}
 * @param allowed the time there was at the beginning, for messages
 */
public record Deadline(long nanoTime, Duration allowed) {

    private static final long NANOS_PER_MILLI = 1_000_000;
    /** The part of connectionTimeout that remains for HikariCP to report the failure of an attempt. */
    private static final long MARGIN_MILLIS = 50;

    public static Deadline in(Duration budget) {
        return new Deadline(System.nanoTime() + budget.toNanos(), budget);
    }

    /**
     * {@return the longest that one search for a connection may take} This is nine tenths of {@code connectionTimeout},
     * and at least 50 ms less than it. HikariCP adds connections on one thread: an attempt that lasted longer than the
     * callers wait would delay the next one, and the callers would not learn the reason.
     */
    public static Duration attemptBudget(Duration connectionTimeout) {
        // in milliseconds: Duration.multipliedBy and dividedBy load BigDecimal, which slows down a cold start
        long millis = connectionTimeout.toMillis();
        return Duration.ofMillis(Math.min(millis * 9 / 10, millis - MARGIN_MILLIS));
    }

    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** Returns the remaining time, rounded up because 0 means "no limit" to a socket. Returns 0 after the deadline. */
    public int remainingMillis() {
        long millis = (remainingNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return (int) Math.max(0, Math.min(millis, Integer.MAX_VALUE));
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /**
     * {@return the deadline of the first of {@code steps} equal steps} Each step gets an equal share of the remaining
     * time, at most {@code limit}.
     */
    public Deadline shareOf(int steps, Duration limit) {
        Duration rest = remaining();
        if (steps == 1 && rest.compareTo(limit) <= 0) {
            return this;
        }
        Duration share = Duration.ofNanos(rest.toNanos() / steps);
        return in(share.compareTo(limit) < 0 ? share : limit);
    }
}
