package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long BEGAN = 10_000_000;
    private static final long ENDED = 12_000_000;
    private static final long STOPPED = 20_000_000;

    @Test
    void failedBorrow_afterFaultBegan_isCountedWithItsDuration() {
        Figures figures = figures(failed(0, BEGAN - 1_000_000, 0, BEGAN + 500_000), failed(1, 1_000, 0, BEGAN - 1));

        assertThat(figures.failedBorrows()).isEqualTo(1);
        assertThat(figures.longestMillis()).isEqualTo(1_500);
        assertThat(figures.firstFailure()).isEqualTo("`08006` gone");
    }

    @Test
    void borrow_whoseStatementTakesLong_countsOnlyUntilItIsAcquired() {
        Figures figures = figures(answered(0, BEGAN, BEGAN + 200_000, BEGAN + 900_000));

        assertThat(figures.longestMillis()).isEqualTo(200);
        assertThat(figures.longestOperationMillis()).isEqualTo(900);
    }

    @Test
    void threads_successesAfterFault_areCountedFromItsEnd() {
        Figures figures = figures(
                answered(0, BEGAN, BEGAN, ENDED - 1),
                answered(0, BEGAN, ENDED, ENDED + 300_000),
                answered(1, BEGAN, ENDED, ENDED + 700_000),
                answered(1, ENDED + 800_000, ENDED + 800_000, ENDED + 900_000));

        assertThat(figures.firstMillis()).isEqualTo(300);
        assertThat(figures.allBackMillis()).isEqualTo(700);
        assertThat(figures.answered()).isEqualTo(1);
        assertThat(figures.faultMillis()).isEqualTo(2_000);
    }

    @Test
    void thread_withoutSuccessAfterFault_isNeverBack() {
        assertThat(figures(answered(0, BEGAN, ENDED, ENDED + 1)).allBackMillis())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void pool_isComplete_whenEveryThreadHeldAConnectionAtTheSameTime() {
        // both threads are back at 200 ms with one connection, and use two at 400 ms
        assertThat(figures(
                                answered(0, BEGAN, ENDED, ENDED + 100_000),
                                answered(1, BEGAN, ENDED + 100_000, ENDED + 200_000),
                                answered(0, BEGAN, ENDED + 300_000, ENDED + 500_000),
                                answered(1, BEGAN, ENDED + 400_000, ENDED + 600_000))
                        .completeMillis())
                .isEqualTo(300);
    }

    @Test
    void pool_ofThreadsThatTakeTurns_isNeverComplete() {
        assertThat(figures(
                                answered(0, BEGAN, ENDED, ENDED + 100_000),
                                answered(1, BEGAN, ENDED + 100_000, ENDED + 200_000),
                                failed(0, BEGAN, ENDED + 100_000, ENDED + 200_000))
                        .completeMillis())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void pool_ofStatementsThatAllBeginBeforeTheFirstSuccess_isCompleteWithIt() {
        assertThat(figures(answered(0, BEGAN, ENDED, ENDED + 200_000), answered(1, BEGAN, ENDED + 1, ENDED + 200_000))
                        .completeMillis())
                .isZero();
    }

    @Test
    void figures_withoutSuccess_areNever() {
        assertThat(figures().completeMillis()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void statement_failedOrUnanswered_isLost() {
        Figures figures = figures(
                failed(0, BEGAN, BEGAN + 1, BEGAN + 2),
                pending(1, BEGAN, BEGAN + 1),
                pending(0, STOPPED - 999_999, STOPPED - 999_998));

        assertThat(figures.lost()).isEqualTo(2);
        assertThat(figures.failedBorrows()).isZero();
    }

    @Test
    void borrow_stillWaitingAtTheEnd_countsUntilTheEnd() {
        assertThat(figures(pending(0, BEGAN, 0)).longestMillis()).isEqualTo(10_000);
    }

    @Test
    void event_withoutDuration_countsAnswersUntilTheEndOfTheObservation() {
        Timeline timeline = new Timeline(List.of(answered(0, ENDED, ENDED, STOPPED - 1)), 1, BEGAN, BEGAN, STOPPED);

        assertThat(timeline.figures().answered()).isEqualTo(1);
    }

    private static Figures figures(Operation... operations) {
        return new Timeline(List.of(operations), 2, BEGAN, ENDED, STOPPED).figures();
    }

    static Operation answered(int thread, long began, long acquired, long ended) {
        return new Operation(thread, false, began, acquired, ended, Operation.Outcome.OK, "", "");
    }

    static Operation failed(int thread, long began, long acquired, long ended) {
        return new Operation(thread, false, began, acquired, ended, Operation.Outcome.FAILED, "08006", "gone");
    }

    static Operation pending(int thread, long began, long acquired) {
        return new Operation(thread, false, began, acquired, 0, Operation.Outcome.PENDING, "", "");
    }
}
