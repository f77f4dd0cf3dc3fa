package dev.wellhead.internal.pool.recovery;

import dev.wellhead.internal.pool.rotation.PoolClock;
import java.time.Duration;

/** A clock that the test moves, and the records of failures that use it. */
public final class Series implements PoolClock {

    public static final Duration BUDGET = Duration.ofMillis(900);

    public final ConnectFailures failures = new ConnectFailures("Database 'ledger'", BUDGET, this);
    private long nanos;

    public void elapse(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(long millis) {
        elapse(Duration.ofMillis(millis));
    }
}
