package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromiseTest {

    @Test
    void noFailureAndBackWithin_limitsFailuresAndReturn() {
        Promise promise = Promise.noFailureAndBackWithin(1_000);

        assertThat(promise.isKept(own(0, 4_000, 1_000, 0))).isTrue();
        assertThat(promise.isKept(own(0, 4_000, 1_001, 0))).isFalse();
        assertThat(promise.isKept(own(1, 4_000, 1_000, 0))).isFalse();
        assertThat(promise.describe()).isEqualTo("no failed borrow, all threads back within 1.0 s");
    }

    @Test
    void noFailureAndLongest_limitsTheLongestBorrow() {
        Promise promise = Promise.noFailureAndLongest(250);

        assertThat(promise.isKept(own(0, 250, 9_000, 0))).isTrue();
        assertThat(promise.isKept(own(0, 251, 9_000, 0))).isFalse();
        assertThat(promise.describe()).isEqualTo("no failed borrow, longest borrow at most 250 ms");
    }

    @Test
    void backWithin_permitsFailures() {
        assertThat(Promise.backWithin(1_000).isKept(own(7, 4_000, 1_000, 0))).isTrue();
    }

    @Test
    void noFailureAndCompleteWithin_limitsTheTimeAfterTheFirstSuccess() {
        Promise promise = Promise.noFailureAndCompleteWithin(1_000);

        assertThat(promise.isKept(own(0, 4_000, 9_000, 1_000))).isTrue();
        assertThat(promise.isKept(own(0, 4_000, 9_000, 1_001))).isFalse();
        assertThat(promise.isKept(own(0, 4_000, 9_000, Double.POSITIVE_INFINITY)))
                .isFalse();
        assertThat(promise.describe())
                .isEqualTo("no failed borrow, pool complete within 1.0 s after the first success");
    }

    @Test
    void noFailureAndAnswers_comparesWithHikari() {
        Promise promise = Promise.noFailureAndAnswers(0.95);

        assertThat(promise.isKept(answered(95, 100))).isTrue();
        assertThat(promise.isKept(answered(94, 100))).isFalse();
        assertThat(promise.describe()).isEqualTo("no failed borrow, at least 95 % of the answers of HikariCP");
    }

    private static Map<Contestant, Figures> own(int failed, double longest, double back, double complete) {
        return Map.of(Contestant.WELLHEAD, figures(failed, longest, back, complete, 100));
    }

    private static Map<Contestant, Figures> answered(int own, int hikari) {
        return Map.of(Contestant.WELLHEAD, figures(0, 1, 1, 1, own), Contestant.HIKARICP, figures(0, 1, 1, 1, hikari));
    }

    private static Figures figures(int failed, double longest, double back, double complete, int answered) {
        return new Figures(2_000, failed, longest, longest, back, back, complete, 0, answered, "");
    }
}
