package dev.wellhead.internal.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshPaceTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void failures_inARow_doubleTheDelayUpToTheLongest() {
        RefreshPace pace = pace();

        assertThat(delays(6, pace, pace::failed)).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void failures_afterASuccess_startAtTheFirstDelay() {
        RefreshPace pace = pace();
        delays(3, pace, pace::failed);

        delays(1, pace, pace::changed);

        assertThat(delays(1, pace, pace::failed)).containsExactly(100L);
    }

    @Test
    void refusals_withoutNewCredentials_useTheDelayForNoChange() {
        RefreshPace pace = pace();

        assertThat(delays(3, pace, () -> pace.unchanged(true))).containsExactly(150L, 300L, 300L);
    }

    @Test
    void unchanged_withoutARefusal_allowsTheNextFetchImmediately() {
        RefreshPace pace = pace();

        pace.unchanged(false);

        assertThat(pace.waitNanos()).isZero();
    }

    @Test
    void changes_inARow_useTheirOwnDelay() {
        RefreshPace pace = pace();

        assertThat(delays(3, pace, pace::changed)).containsExactly(0L, 50L, 50L);
    }

    @Test
    void outcomes_afterAQuietMinute_countFromTheStart() {
        RefreshPace pace = pace();
        delays(5, pace, pace::failed);

        clock.advanceMillis(60_001);

        assertThat(delays(1, pace, pace::failed)).containsExactly(100L);
    }

    @Test
    void delays_areJitteredByAFifth() {
        RefreshPace pace = pace();

        clock.jitter(0);
        assertThat(delays(1, pace, pace::failed)).containsExactly(80L);
        clock.jitter(1);
        assertThat(delays(1, pace, pace::failed)).containsExactly(240L);
    }

    @Test
    void isDue_afterTheInterval_andSoonAgainAfterAFailure() {
        Duration interval = Duration.ofMinutes(15);
        RefreshPace pace = pace();

        clock.advance(interval.toNanos() - 1);
        assertThat(pace.isDue(interval)).isFalse();
        clock.advance(1);
        assertThat(pace.isDue(interval)).isTrue();
        pace.failed();
        assertThat(pace.isDue(interval)).isFalse();
        clock.advanceMillis(5_000);
        assertThat(pace.isDue(interval)).isTrue();
        pace.unchanged(false);
        clock.advance(interval.toNanos() - 1);
        assertThat(pace.isDue(interval)).isFalse();
    }

    @Test
    void isDue_shortIntervalAfterAFailure_isNotProlonged() {
        RefreshPace pace = pace();
        pace.failed();

        clock.advanceMillis(200);

        assertThat(pace.isDue(Duration.ofMillis(200))).isTrue();
    }

    /** Databases that share a source can have different intervals. */
    @Test
    void isDue_twoIntervals_areIndependent() {
        RefreshPace pace = pace();

        clock.advanceMillis(1_000);

        assertThat(pace.isDue(Duration.ofSeconds(1))).isTrue();
        assertThat(pace.isDue(Duration.ofSeconds(2))).isFalse();
    }

    private RefreshPace pace() {
        return new RefreshPace(
                new RefreshSchedule(
                        repeated -> repeated == 0 ? Duration.ZERO : Duration.ofMillis(50),
                        RefreshSchedule.doubling(Duration.ofMillis(150), Duration.ofMillis(300)),
                        RefreshSchedule.doubling(Duration.ofMillis(100), Duration.ofSeconds(1)),
                        true),
                clock);
    }

    /** {@return the delays in milliseconds after each of several fetches with the same outcome} */
    private List<Long> delays(int count, RefreshPace pace, Runnable outcome) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pace.started();
            outcome.run();
            delays.add(pace.waitNanos() / 1_000_000);
            clock.advance(pace.waitNanos());
        }
        return delays;
    }
}
