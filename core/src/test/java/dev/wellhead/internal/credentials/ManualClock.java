package dev.wellhead.internal.credentials;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** A clock that advances only when the test or a waiting caller advances it. */
public final class ManualClock implements RefreshClock {

    private final List<Long> waits = new ArrayList<>();
    private long nanos;
    private double random = 0.5;
    private Runnable onWait = () -> {};

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public double random() {
        return random;
    }

    @Override
    public void await(Condition condition, long wait) {
        waits.add(wait / 1_000_000);
        advance(wait);
        onWait.run();
    }

    public synchronized void advance(long by) {
        nanos += by;
    }

    public void advanceMillis(long millis) {
        advance(millis * 1_000_000);
    }

    public void jitter(double value) {
        random = value;
    }

    /** Runs whenever a caller waits. */
    void onWait(Runnable action) {
        onWait = action;
    }

    /** {@return how long callers waited each time, in milliseconds} */
    List<Long> waits() {
        return waits;
    }
}
