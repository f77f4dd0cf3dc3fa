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
        assertThat(SafeText.listed("a\nb\u001bc")).isEqualTo("a b?c");
        assertThat(SafeText.listed("jdbc:postgresql://h/d?password=x")).isEqualTo("<not shown>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\u0007", "\u001b", "\u007f", "\u0080", "\u009b", "\u00ad", "\u034f", "\u061c", "\u115f",
                "\u180e", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\u3164",
                "\ufe0f", "\ufeff", "\uffa0", "\ufffe", "\ue000", "\ud800", "\udc00", "\udb40\udc41", "\udb40\udd00"
            })
    void of_characterThatMisleads_isReplaced(String character) {
        assertThat(SafeText.of("a" + character + "b")).isEqualTo("a?b");
        assertThat(SafeText.isSafe("a" + character + "b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\t", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\n\n\t"})
    void of_lineBreakOrTab_isOneSpace(String separator) {
        assertThat(SafeText.of("a" + separator + "b")).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FATAL: nope", "Zürich 東京 \ud83d\ude00", "пароль", "שלום", "  two  spaces  "})
    void of_letters_areKept(String text) {
        assertThat(SafeText.of(text)).isSameAs(text);
    }

    @Test
    void of_longText_isCutBetweenCharacters() {
        String face = "\ud83d\ude00";

        assertThat(SafeText.of("x".repeat(300))).hasSize(300);
        assertThat(SafeText.of("x".repeat(301))).isEqualTo("x".repeat(300) + "...");
        assertThat(SafeText.of("x".repeat(299) + face)).isEqualTo("x".repeat(299) + "...");
        assertThat(SafeText.of(face.repeat(200))).isEqualTo(face.repeat(150) + "...");
    }

    @Test
    void lines_lineFeeds_areKept() {
        assertThat(SafeText.lines("one\n  two\u001b\rthree")).isEqualTo("one\n  two? three");
    }

    @Test
    void sentence_longName_isNotCutAtTheLimitOfOneName() {
        assertThat(SafeText.sentence("x".repeat(1000))).hasSize(1000);
        assertThat(SafeText.sentence("x".repeat(10_000))).hasSizeLessThan(5000);
    }
}
