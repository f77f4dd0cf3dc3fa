package dev.wellhead.aws;

import dev.wellhead.internal.credentials.RefreshClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.locks.Condition;
import java.util.function.LongConsumer;

/** A wall clock, and the clock of a refresher, that advance only when the test or a waiting caller advances them. */
final class MovableClock extends Clock implements RefreshClock {

    private Instant now;
    private long nanos;
    private LongConsumer onWait = wait -> {};

    MovableClock(Instant now) {
        this.now = now;
    }

    /** Advances both clocks. */
    synchronized void elapse(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Calls {@code action} with the nanoseconds of each wait. */
    void onWait(LongConsumer action) {
        onWait = action;
    }

    /** Sets the wall clock back, as an operator can; the monotonic clock is not affected. */
    synchronized void setBack(Duration duration) {
        now = now.minus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public double random() {
        return 0.5;
    }

    @Override
    public void await(Condition condition, long wait) {
        elapse(Duration.ofNanos(wait));
        onWait.accept(wait);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC");
    }
}
