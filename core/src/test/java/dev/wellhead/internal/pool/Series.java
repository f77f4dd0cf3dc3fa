package dev.wellhead.internal.pool;

import dev.wellhead.internal.pool.rotation.PoolClock;
import java.time.Duration;

/** A clock that the test moves, and the records of failures that use it. */
final class Series implements PoolClock {

    static final Duration BUDGET = Duration.ofMillis(900);

    final ConnectFailures failures = new ConnectFailures("Database 'ledger'", BUDGET, this);
    final UnresponsiveConnections unresponsive = new UnresponsiveConnections(Duration.ofSeconds(8), this);
    private long nanos;

    void elapse(Duration duration) {
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
