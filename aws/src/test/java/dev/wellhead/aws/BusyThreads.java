package dev.wellhead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.credentials.RefreshThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/** Occupies every background thread until it is closed. */
final class BusyThreads implements AutoCloseable {

    private static final int MORE_THAN_THERE_ARE = 10;

    private final CountDownLatch end = new CountDownLatch(1);
    private int occupied;

    static BusyThreads occupy() {
        BusyThreads busy = new BusyThreads();
        try {
            while (busy.occupied < MORE_THAN_THERE_ARE) {
                RefreshThreads.EXECUTOR.execute(busy::await);
                busy.occupied++;
            }
        } catch (RejectedExecutionException allBusy) {
            // as intended
        }
        return busy;
    }

    void assertNoneIsFree() {
        assertThat(occupied).isLessThan(MORE_THAN_THERE_ARE);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
