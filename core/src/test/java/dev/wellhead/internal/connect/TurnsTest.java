package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final SilentServers silent = new SilentServers(() -> 0, new Random(1));

    @Test
    void next_listedAndFallback_areTakenInThisOrder() {
        Turns<String> turns = turns(List.of("a", "b"), List.of("c"));

        assertThat(turns.left()).isEqualTo(3);
        assertThat(rest(turns)).containsExactly("a quick", "b quick", "c quick");
        assertThat(turns.left()).isZero();
    }

    @Test
    void next_silentServers_areTakenLastAndMayTakeTheirTime() {
        silent.silent("a");
        silent.silent("c");
        Turns<String> turns = turns(List.of("a", "b"), List.of("c", "d"));

        assertThat(turns.hasListed()).isTrue();
        assertThat(turns.next()).isEqualTo("b");
        assertThat(turns.hasListed()).isFalse();
        assertThat(rest(turns)).containsExactly("d quick", "a", "c");
    }

    @Test
    void next_onlyOne_mayTakeItsTime() {
        silent.silent("a");
        Turns<String> turns = turns(List.of("a"), List.of());

        assertThat(turns.hasListed()).isTrue();
        assertThat(rest(turns)).containsExactly("a");
    }

    @Test
    void postpone_current_isTakenAgainAfterTheOthers() {
        Turns<String> turns = turns(List.of("a", "b"), List.of());

        turns.postpone(turns.next());

        assertThat(turns.left()).isEqualTo(2);
        assertThat(rest(turns)).containsExactly("b quick", "a");
    }

    private Turns<String> turns(List<String> listed, List<String> fallback) {
        return new Turns<>(listed, fallback, silent);
    }

    private static List<String> rest(Turns<String> turns) {
        List<String> rest = new ArrayList<>();
        while (turns.left() > 0) {
            String next = turns.next();
            rest.add(turns.isQuick() ? next + " quick" : next);
        }
        return rest;
    }
}
