package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void time_isInTheUnitOfItsSize() {
        assertThat(Figure.time(12.4)).isEqualTo("12 ms");
        assertThat(Figure.time(999)).isEqualTo("999 ms");
        assertThat(Figure.time(999.6)).isEqualTo("1.0 s");
        assertThat(Figure.time(1_250)).isEqualTo("1.3 s");
        assertThat(Figure.time(NEVER)).isEqualTo("never");
    }

    @Test
    void highest_ofDifferentRounds_followsTheMedian() {
        List<Figures> rounds = List.of(backAfter(300), backAfter(NEVER), backAfter(100));

        assertThat(Figure.highest(rounds, Figures::allBackMillis, Figure::time)).isEqualTo("300 ms (never)");
    }

    @Test
    void lowest_ofDifferentRounds_followsTheMedian() {
        List<Figures> rounds = List.of(backAfter(3), backAfter(1), backAfter(2));

        assertThat(Figure.lowest(rounds, Figures::allBackMillis, Figure::count)).isEqualTo("2 (1)");
    }

    @Test
    void highest_ofEqualRounds_isWrittenOnce() {
        assertThat(Figure.highest(List.of(backAfter(5), backAfter(5)), Figures::allBackMillis, Figure::count))
                .isEqualTo("5");
    }

    static Figures backAfter(double millis) {
        return new Figures(2_000, 0, 40, 50, millis, millis, 0, 3, 100, "");
    }
}
