package dev.wellhead.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SslModeTest {

    @Test
    void spellings_inOrder_areThoseOfLibpqWeakestFirst() {
        assertThat(SslMode.spellings())
                .containsExactly("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    }

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void of_spelling_isTheMode(SslMode mode) {
        assertThat(SslMode.of(mode.value())).contains(mode);
        assertThat(mode).hasToString(mode.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Require", "VERIFY-FULL", "verify_full", "true", " require"})
    void of_anotherSpelling_isEmpty(String value) {
        assertThat(SslMode.of(value)).isEmpty();
    }

    @Test
    void isAtLeast_everyPair_followsTheOrder() {
        List<String> order = SslMode.spellings();
        for (SslMode one : SslMode.values()) {
            for (SslMode other : SslMode.values()) {
                assertThat(one.isAtLeast(other)).isEqualTo(order.indexOf(one.value()) >= order.indexOf(other.value()));
            }
        }
    }
}
