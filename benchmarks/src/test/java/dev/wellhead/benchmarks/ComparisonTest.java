package dev.wellhead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Samples TWO = new Samples(List.of(1.0, 2.0, 9.0));
    private static final Samples THREE = new Samples(List.of(3.0, 0.5, 8.0));

    @Test
    void ratio_ofTwoMedians_isWellheadOverPeer() {
        assertThat(compare(TWO, THREE).ratio()).isEqualTo(1.5);
    }

    @Test
    void difference_middleHalvesOverlap_isWithinTheScatter() {
        assertThat(compare(TWO, THREE).difference()).isEqualTo("within the scatter");
    }

    @Test
    void difference_middleHalvesApart_isNamed() {
        Samples low = new Samples(List.of(10.0, 11.0, 12.0));
        Samples high = new Samples(List.of(20.0, 21.0, 22.0));

        assertThat(compare(low, high).difference()).isEqualTo("higher");
        assertThat(compare(high, low).difference()).isEqualTo("lower");
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

    private static Comparison compare(Samples peer, Samples wellhead) {
        return new Comparison("operation", "ms", peer, wellhead, null);
    }
}
