package dev.wellhead.internal.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClauseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Connection reset.            | connection reset
            sorry, too many clients      | sorry, too many clients
            TLS version is not supported | TLS version is not supported
            E                            | E
            """)
    void of_message_continuesASentence(String message, String clause) {
        assertThat(Clause.of(message)).isEqualTo(clause);
    }

    @Test
    void of_noMessage_isAPlaceholder() {
        assertThat(Clause.of(null)).isEqualTo("no reason given");
        assertThat(Clause.of("  ")).isEqualTo("no reason given");
    }

    @Test
    void of_controlCharacters_areReplaced() {
        assertThat(Clause.of("two\nlines \u001b[31mred")).isEqualTo("two lines ?[31mred");
    }

    @Test
    void of_longMessage_isShortened() {
        assertThat(Clause.of("x".repeat(5000))).hasSize(303).endsWith("...");
    }
}
