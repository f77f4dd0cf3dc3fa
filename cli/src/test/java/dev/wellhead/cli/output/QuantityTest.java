package dev.wellhead.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void of_oneAndOthers_isSingularAndPlural() {
        assertThat(Quantity.of(0, "warning")).isEqualTo("0 warnings");
        assertThat(Quantity.of(1, "warning")).isEqualTo("1 warning");
        assertThat(Quantity.of(2, "warning")).isEqualTo("2 warnings");
    }
}
