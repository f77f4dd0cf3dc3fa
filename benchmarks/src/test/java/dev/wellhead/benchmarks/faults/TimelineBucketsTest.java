package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineBucketsTest {

    /** Each of the 160 intervals lasts 0.1 s. */
    private static final long STOPPED = 16_000_000;

    @Test
    void wait_overSeveralIntervals_growsInEach() {
        TimelineBuckets buckets = buckets(TimelineTest.answered(0, 1_000_000, 1_250_000, 9_000_000));

        assertThat(buckets.waitSeconds(9)).isZero();
        assertThat(buckets.waitSeconds(10)).isEqualTo(0.1);
        assertThat(buckets.waitSeconds(11)).isEqualTo(0.2);
        assertThat(buckets.waitSeconds(12)).isEqualTo(0.25);
        assertThat(buckets.waitSeconds(13)).isZero();
        assertThat(buckets.longestWait()).isEqualTo(0.25);
    }

    @Test
    void failedBorrow_isCountedInTheIntervalOfItsEnd() {
        TimelineBuckets buckets = buckets(
                TimelineTest.failed(0, 1_000_000, 0, 2_050_000), TimelineTest.failed(1, 1_000_000, 0, 2_060_000));

        assertThat(buckets.failed(10)).isZero();
        assertThat(buckets.failed(20)).isEqualTo(2);
        assertThat(buckets.mostFailed()).isEqualTo(2);
    }

    @Test
    void failedStatement_isNoFailedBorrow() {
        assertThat(buckets(TimelineTest.failed(0, 1_000_000, 1_000_001, 2_050_000))
                        .mostFailed())
                .isZero();
    }

    @Test
    void pendingBorrow_waitsUntilTheLastInterval() {
        assertThat(buckets(TimelineTest.pending(0, 6_000_000, 0)).waitSeconds(TimelineBuckets.COUNT - 1))
                .isEqualTo(10);
    }

    private static TimelineBuckets buckets(Operation... operations) {
        return new TimelineBuckets(new Timeline(List.of(operations), 2, 0, 0, STOPPED), 0);
    }
}
