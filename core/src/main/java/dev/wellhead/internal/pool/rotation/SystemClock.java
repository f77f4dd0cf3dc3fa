package dev.wellhead.internal.pool.rotation;

/** The machine's monotonic clock. */
public final class SystemClock implements PoolClock {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
