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

    private final List<String> reported = new ArrayList<>();
    private final BorrowTracker tracker = new BorrowTracker(new BorrowListener() {
        @Override
        public void acquired(long nanos) {
            reported.add("acquired " + nanos);
        }

        @Override
        public void returned(long millis) {
            reported.add("returned " + millis);
        }

        @Override
        public void timedOut() {
            reported.add("timed out");
        }
    });

    @Test
    void acquired_shortWait_isReportedImmediately() {
        tracker.recordConnectionAcquiredNanos(248_999_999);

        assertThat(reported).containsExactly("acquired 248999999");
    }

    @Test
    void acquired_longWaitThatTimesOut_isReportedOnlyAsATimeout() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionTimeout();
        tracker.settle();

        assertThat(reported).containsExactly("timed out");
    }

    @Test
    void acquired_longWaitThatDoesNotTimeOut_isReportedOnceWhenItIsSettled() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.settle();
        tracker.settle();

        assertThat(reported).containsExactly("acquired 300000000");
    }

    @Test
    void acquired_longWaitThatWasNotSettled_isReportedBeforeTheReturn() {
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionUsageMillis(5);

        assertThat(reported).containsExactly("acquired 300000000", "returned 5");
    }

    @Test
    void acquired_clockThatWasSetBack_isZero() {
        tracker.recordConnectionAcquiredNanos(-5);

        assertThat(reported).containsExactly("acquired 0");
    }

    @Test
    void returned_isReportedInWholeMilliseconds() {
        tracker.recordConnectionUsageMillis(0);
        tracker.recordConnectionUsageMillis(30_000);

        assertThat(reported).containsExactly("returned 0", "returned 30000");
    }

    @Test
    void returned_clockThatWasSetBack_isZero() {
        tracker.recordConnectionUsageMillis(-1);

        assertThat(reported).containsExactly("returned 0");
    }

    @Test
    void ignoreThisThread_untilHeedAgain_reportsNothingOfThisThread() {
        tracker.ignoreThisThread();
        tracker.recordConnectionAcquiredNanos(1);
        tracker.recordConnectionUsageMillis(1);
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.recordConnectionTimeout();
        tracker.stopIgnoringThisThread();
        tracker.recordConnectionAcquiredNanos(2);
        tracker.recordConnectionUsageMillis(0);

        assertThat(reported).containsExactly("acquired 2", "returned 0");
    }

    @Test
    void ignoreThisThread_ofAnotherThread_doesNotAffectThisThread() throws InterruptedException {
        Thread other = new Thread(tracker::ignoreThisThread);
        other.start();
        other.join();

        tracker.recordConnectionTimeout();
        tracker.recordConnectionAcquiredNanos(LONG_WAIT);
        tracker.settle();

        assertThat(reported).containsExactly("timed out", "acquired 300000000");
    }

    /** The rotation and the check for a server that refuses writes can work on the same pool. */
    @Test
    void ignoreThisThread_whileAnotherThreadIsIgnored_bothAreIgnored() throws InterruptedException {
        tracker.ignoreThisThread();
        Thread other = new Thread(() -> {
            tracker.ignoreThisThread();
            tracker.recordConnectionAcquiredNanos(1);
            tracker.stopIgnoringThisThread();
        });
        other.start();
        other.join();

        tracker.recordConnectionAcquiredNanos(2);
        tracker.recordConnectionUsageMillis(0);

        assertThat(reported).isEmpty();
    }

    @Test
    void listenerThatThrows_doesNotFailTheBorrowAndIsLoggedOnce() {
        BorrowTracker broken = new BorrowTracker(new BorrowListener() {
            @Override
            public void acquired(long nanos) {
                throw new OutOfMemoryError("unable to create native thread");
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
                    .containsExactly("A borrow listener failed. It is called again; further failures are not logged.");
        }
    }
}
