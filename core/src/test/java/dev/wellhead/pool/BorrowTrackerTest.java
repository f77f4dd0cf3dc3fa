package dev.wellhead.pool;

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
        public void returned(long millis) {
            told.add("returned " + millis);
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

        assertThat(told).containsExactly("acquired 300000000", "returned 5");
    }

    @Test
    void ignore_thisThread_hidesWhatItBorrowsUntilItIsOver() {
        tracker.ignore(Thread.currentThread());
        tracker.recordConnectionAcquiredNanos(1);
        tracker.recordConnectionUsageMillis(1);
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionTimeout();
        tracker.ignore(null);
        tracker.recordConnectionAcquiredNanos(2);

        assertThat(told).containsExactly("acquired 2");
    }

    @Test
    void ignore_anotherThread_hidesNothingOfThisOne() {
        tracker.ignore(new Thread());

        tracker.recordConnectionTimeout();

        assertThat(told).containsExactly("timed out");
    }

    @Test
    void acquired_listenerThatThrows_doesNotCostTheConnectionAndIsSaidOnce() {
        BorrowTracker broken = new BorrowTracker(new BorrowListener() {
            @Override
            public void acquired(long nanos) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void returned(long millis) {
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
