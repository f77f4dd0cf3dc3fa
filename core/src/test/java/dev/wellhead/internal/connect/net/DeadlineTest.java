package dev.wellhead.internal.connect.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    @ParameterizedTest(name = "connectionTimeout {0} ms: attempt {1} ms")
    @CsvSource({"30000, 27000", "1000, 900", "600, 540", "500, 450", "400, 350", "250, 200"})
    void attemptBudget_ofEveryConnectionTimeout_leavesTimeToReportTheFailure(long timeout, long budget) {
        assertThat(Deadline.attemptBudget(Duration.ofMillis(timeout))).isEqualTo(Duration.ofMillis(budget));
    }

    @Test
    void shareOf_severalSteps_isAnEqualShareOfTheRest() {
        Deadline share = Deadline.in(HOUR).shareOf(4, NO_LIMIT);

        // the rest is a little less than an hour by now
        assertThat(share.allowed()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    }

    @Test
    void shareOf_shareLongerThanTheLimit_isTheLimit() {
        assertThat(Deadline.in(HOUR).shareOf(2, Duration.ofSeconds(10)).allowed())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shareOf_lastStepWithinTheLimit_isTheDeadlineItself() {
        Deadline deadline = Deadline.in(HOUR);

        assertThat(deadline.shareOf(1, NO_LIMIT)).isSameAs(deadline);
    }

    @Test
    void shareOf_passedDeadline_hasPassed() {
        Deadline passed = Deadline.in(Duration.ofMillis(-1));

        assertThat(passed.shareOf(3, HOUR).hasPassed()).isTrue();
        assertThat(passed.shareOf(3, HOUR).allowed()).isEqualTo(Duration.ZERO);
    }

    @Test
    void remaining_afterTheDeadline_isNothing() {
        Deadline passed = Deadline.in(Duration.ofSeconds(-1));

        assertThat(passed.hasPassed()).isTrue();
        assertThat(passed.remaining()).isEqualTo(Duration.ZERO);
        assertThat(passed.remainingMillis()).isZero();
    }

    @Test
    void remainingMillis_anyRest_isNeverZeroBecauseThatMeansNoLimitToASocket() {
        Deadline deadline = new Deadline(System.nanoTime() + HOUR.toNanos() + 1, HOUR);

        assertThat(deadline.remainingMillis()).isPositive();
        assertThat(Deadline.in(Duration.ofDays(100)).remainingMillis()).isEqualTo(Integer.MAX_VALUE);
    }
}
