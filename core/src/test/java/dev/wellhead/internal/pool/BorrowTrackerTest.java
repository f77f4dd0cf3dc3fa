package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.BorrowListener;
import dev.wellhead.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class BorrowTrackerTest {

    private static final long LONG_WAIT = 300_000_000;

    private final List<String> told = new ArrayList<>();
    private final BorrowTracker tracker = new BorrowTracker(new BorrowListener() {
        @Override
        public void acquired(long nanos) {
            told.add("acquired " + nanos);
        }

        @Override
        public void returned(long nanos) {
            told.add("returned " + nanos);
        }

        @Override
        public void timedOut() {
            told.add("timed out");
        }
    });

    @Test
    void acquired_shortWait_isToldAtOnce() {
        tracker.recordConnectionAcquiredNanos(248_999_999);

        assertThat(told).containsExactly("acquired 248999999");
    }

    @Test
    void acquired_longWaitThatTimesOut_isNoWaitForAConnection() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionTimeout();
        tracker.settle();

        assertThat(told).containsExactly("timed out");
    }

    @Test
    void acquired_longWaitThatEndsWell_isToldOnceItIsSettled() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.settle();
        tracker.settle();

        assertThat(told).containsExactly("acquired 300000000");
    }

    @Test
    void acquired_longWaitThatNobodySettles_isToldWithTheReturn() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionUsageMillis(5);

        assertThat(told).containsExactly("acquired 300000000", "returned 5500000");
    }

    @Test
    void acquired_clockThatWasSetBack_isNoTimeAtAll() {
        tracker.recordConnectionAcquiredNanos(-5);

        assertThat(told).containsExactly("acquired 0");
    }

    @Test
    void returned_nothingWasSent_isTheMiddleOfItsMillisecond() {
        tracker.recordConnectionUsageMillis(0);
        tracker.recordConnectionUsageMillis(1);
        tracker.recordConnectionUsageMillis(30_000);
        tracker.recordConnectionUsageMillis(-1);

        assertThat(told).containsExactly("returned 0", "returned 1500000", "returned 30000500000", "returned 0");
    }

    @Test
    void returned_somethingWasSent_isExactWithinItsMillisecond() {
        tracker.returning(() -> 123_456);
        tracker.recordConnectionUsageMillis(0);
        tracker.returning(() -> 7_123_456);
        tracker.recordConnectionUsageMillis(7);
        tracker.recordConnectionUsageMillis(0);

        assertThat(told).containsExactly("returned 123456", "returned 7123456", "returned 0");
    }

    @Test
    void returned_sentLongBeforeOrLate_isTheMiddleOfItsMillisecond() {
        tracker.returning(() -> 60_000_000_000L);
        tracker.recordConnectionUsageMillis(0);
        tracker.returning(() -> 200_000);
        tracker.recordConnectionUsageMillis(5);

        assertThat(told).containsExactly("returned 500000", "returned 5500000");
    }

    @Test
    void returned_announcedTwice_isTheLast() {
        tracker.returning(() -> 1);
        tracker.returning(() -> 2);
        tracker.recordConnectionUsageMillis(0);

        assertThat(told).containsExactly("returned 2");
    }

    @Test
    void returned_announcedByAnotherThread_isNotOfThisOne() throws InterruptedException {
        Thread mine = Thread.currentThread();
        // as many threads as there may be places
        for (int i = 0; i < 64; i++) {
            Thread other = new Thread(() -> tracker.returning(() -> Thread.currentThread() == mine ? -1 : 1));
            other.start();
            other.join();
        }

        tracker.recordConnectionUsageMillis(0);

        assertThat(told).containsExactly("returned 0");
    }

    @Test
    void ignoreThisThread_hidesWhatItBorrowsUntilItIsOver() {
        tracker.ignoreThisThread();
        tracker.recordConnectionAcquiredNanos(1);
        tracker.returning(() -> 1);
        tracker.recordConnectionUsageMillis(1);
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionTimeout();
        tracker.heedAgain();
        tracker.recordConnectionAcquiredNanos(2);
        tracker.recordConnectionUsageMillis(0);

        assertThat(told).containsExactly("acquired 2", "returned 0");
    }

    @Test
    void ignoreThisThread_ofAnotherThread_hidesNothingOfThisOne() throws InterruptedException {
        Thread other = new Thread(tracker::ignoreThisThread);
        other.start();
        other.join();

        tracker.recordConnectionTimeout();
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.settle();

        assertThat(told).containsExactly("timed out", "acquired 300000000");
    }

    @Test
    void acquired_listenerThatThrows_doesNotCostTheConnectionAndIsSaidOnce() {
        BorrowTracker broken = new BorrowTracker(new BorrowListener() {
            @Override
            public void acquired(long nanos) {
                throw new OutOfMemoryError("unable to create native thread");
            }

            @Override
            public void returned(long nanos) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void timedOut() {
                throw new IllegalStateException("broken");
            }
        });
        try (LogCapture log = LogCapture.start()) {
            broken.recordConnectionAcquiredNanos(1);
            broken.recordConnectionUsageMillis(1);
            broken.recordConnectionTimeout();

            assertThat(log.messages(Level.WARN))
                    .containsExactly("A listener of borrowers failed; it is called again, and this is not said again.");
        }
    }
}
