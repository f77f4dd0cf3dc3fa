package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"70000", "db.internal", "a_b-c:1,2/3", "50% (x) [y] {z}!*<>#", "smørrebrød"})
    void quoted_harmlessText_isShown(String text) {
        assertThat(SafeText.quoted(text)).isEqualTo("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://u:pw@h/d", "host=h Password=x", "user@host", "a\nb", "it's", "a;b", "a=b"})
    void quoted_textThatMayHoldAPassword_isEmpty(String text) {
        assertThat(SafeText.quoted(text)).isEmpty();
    }

    @Test
    void quoted_longText_isEmpty() {
        assertThat(SafeText.quoted("x".repeat(60))).isNotEmpty();
        assertThat(SafeText.quoted("x".repeat(61))).isEmpty();
    }

    @Test
    void listed_controlCharacters_areReplaced() {
        assertThat(SafeText.listed("a\nb\u001bc")).isEqualTo("a b c");
        assertThat(SafeText.listed("jdbc:postgresql://h/d?password=x")).isEqualTo("<not shown>");
    }
}
