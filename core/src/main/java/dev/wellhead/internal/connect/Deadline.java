package dev.wellhead.internal.connect;

import java.time.Duration;

/**
 * A moment at which an attempt ends, whatever it is doing. Real time, because sockets know no other.
 *
 * @param nanoTime the moment as {@link System#nanoTime} tells it
 * @param allowed how much time there was, for messages
 */
public record Deadline(long nanoTime, Duration allowed) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    public static Deadline in(Duration budget) {
        return new Deadline(System.nanoTime() + budget.toNanos(), budget);
    }

    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** What is left, rounded up, because 0 means no limit to a socket; 0 once it has passed. */
    public int remainingMillis() {
        long millis = (remainingNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return (int) Math.max(0, Math.min(millis, Integer.MAX_VALUE));
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /** A deadline for the next of {@code left} equal steps: an even share of the rest, at most {@code limit}. */
    public Deadline shareOf(int left, Duration limit) {
        Duration rest = remaining();
        if (left == 1 && rest.compareTo(limit) <= 0) {
            return this;
        }
        Duration share = Duration.ofNanos(rest.toNanos() / left);
        return in(share.compareTo(limit) < 0 ? share : limit);
    }
}
