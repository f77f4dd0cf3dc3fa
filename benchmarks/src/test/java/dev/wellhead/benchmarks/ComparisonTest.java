package dev.wellhead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Samples TWO = new Samples(List.of(1.0, 2.0, 9.0));
    private static final Samples THREE = new Samples(List.of(3.0, 0.5, 8.0));

    @Test
    void ratio_lowerIsBetter_isWellheadOverPeer() {
        assertThat(compare(Comparison.Better.LOWER).ratio()).isEqualTo(1.5);
    }

    @Test
    void ratio_higherIsBetter_isPeerOverWellhead() {
        assertThat(compare(Comparison.Better.HIGHER).ratio()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void quantile_betweenTwoRuns_isInterpolated() {
        Samples samples = new Samples(List.of(40.0, 10.0, 30.0, 20.0));

        assertThat(samples.median()).isEqualTo(25.0);
        assertThat(samples.quantile(0.25)).isEqualTo(17.5);
        assertThat(samples.quantile(1)).isEqualTo(40.0);
    }

    @Test
    void samples_emptyList_areRejected() {
        assertThatThrownBy(() -> new Samples(List.of())).hasMessage("there are no samples");
    }

    private static Comparison compare(Comparison.Better better) {
        return new Comparison("operation", "ms", better, TWO, THREE, null);
    }
}
