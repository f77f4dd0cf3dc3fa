package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromiseTest {

    @Test
    void noFailureAndBackWithin_limitsFailuresAndReturn() {
        Promise promise = Promise.noFailureAndBackWithin(1_000);

        assertThat(promise.isKept(figures(0, 4_000, 1_000))).isTrue();
        assertThat(promise.isKept(figures(0, 4_000, 1_001))).isFalse();
        assertThat(promise.isKept(figures(1, 4_000, 1_000))).isFalse();
        assertThat(promise.describe()).isEqualTo("no failed borrow, all threads back within 1.0 s");
    }

    @Test
    void noFailureAndLongest_limitsTheLongestBorrow() {
        Promise promise = Promise.noFailureAndLongest(250);

        assertThat(promise.isKept(figures(0, 250, 9_000))).isTrue();
        assertThat(promise.isKept(figures(0, 251, 9_000))).isFalse();
        assertThat(promise.describe()).isEqualTo("no failed borrow, longest borrow at most 250 ms");
    }

    @Test
    void backWithin_permitsFailures() {
        assertThat(Promise.backWithin(1_000).isKept(figures(7, 4_000, 1_000))).isTrue();
    }

    private static Figures figures(int failed, double longest, double back) {
        return new Figures(2_000, failed, longest, longest, back, back, 0, 100, "");
    }
}
