package dev.wellhead.internal.pool.rotation;

import java.time.Duration;

/** A clock that the test advances. */
public final class FakeClock implements PoolClock {

    private long nanos;

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(long millis) {
        advance(Duration.ofMillis(millis));
    }
}
