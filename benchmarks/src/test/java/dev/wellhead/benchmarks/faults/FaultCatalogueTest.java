package dev.wellhead.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultCatalogueTest {

    @Test
    void names_areUnique() {
        assertThat(FaultCatalogue.groups().stream().flatMap(List::stream).map(Fault::name))
                .doesNotHaveDuplicates()
                .contains(RotationFaults.DRAWN, FailoverFaults.DRAWN);
    }

    @Test
    void selection_ofAll_containsEveryFault() {
        assertThat(FaultCatalogue.select("all")).hasSameSizeAs(FaultCatalogue.groups());
    }

    @Test
    void selection_byName_keepsOnlyThose() {
        assertThat(FaultCatalogue.select("read-only,killed"))
                .extracting(Object::toString)
                .containsExactly("[killed]", "[read-only]");
    }

    @Test
    void selection_unknownName_isRejectedWithTheKnownOnes() {
        assertThatThrownBy(() -> FaultCatalogue.select("kiled"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("-Dfaults contains 'kiled', which is unknown. Use: killed, restarted, ");
    }
}
