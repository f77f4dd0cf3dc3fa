package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a%20b, a b",
        "%40%2F%3A%3F%25, @/:?%",
        "%2f%2F, //",
        "a+b, a+b",
        "gr%C3%BCn, grün",
        "grün, grün",
        "%F0%9F%98%80, 😀",
        "😀%20, '😀 '",
        "%25%32%30, %20",
    })
    void decode_validText_isDecodedOnce(String encoded, String text) throws MalformedUrlException {
        assertThat(PercentEncoding.decode(encoded, 0, encoded.length())).isEqualTo(text);
    }

    @Test
    void decode_part_readsNothingOutsideOfIt() throws MalformedUrlException {
        assertThat(PercentEncoding.decode("x%2", 0, 1)).isEqualTo("x");
        assertThat(PercentEncoding.decode("%41%4", 0, 3)).isEqualTo("A");
        assertThat(PercentEncoding.decode("abc", 1, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%4", "%4g", "%g4", "% 4", "%-1", "%+1", "%%41"})
    void decode_incompleteEscape_isRejectedWithItsPosition(String encoded) {
        int position = encoded.indexOf('%') + 1;

        assertThatThrownBy(() -> PercentEncoding.decode(encoded, 0, encoded.length()))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage("has a '%' without two hexadecimal digits after it, at character " + position);
    }

    /** A digit after the end of the part belongs to the next part. */
    @Test
    void decode_escapeCutAtTheEndOfThePart_isRejected() {
        assertThatThrownBy(() -> PercentEncoding.decode("a%41", 0, 3)).isInstanceOf(MalformedUrlException.class);
    }

    @Test
    void decode_nul_isRejected() {
        assertThatThrownBy(() -> PercentEncoding.decode("a%00b", 0, 5))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage("has %00, at character 2");
    }

    /** A replacement character would change a password without a message. */
    @ParameterizedTest
    @ValueSource(strings = {"%FF", "a%C3", "%C3%28", "%ED%A0%80", "%C0%80", "%F5%80%80%80"})
    void decode_invalidUtf8_isRejected(String encoded) {
        assertThatThrownBy(() -> PercentEncoding.decode(encoded, 0, encoded.length()))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessageStartingWith("has percent-encoded bytes that are not UTF-8");
    }

    @Test
    void decode_halfOfASurrogatePair_isRejected() {
        assertThatThrownBy(() -> PercentEncoding.decode("a\ud83d", 0, 2))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessageStartingWith("is not valid Unicode");
    }

    @Test
    void decode_everyByteOfAsciiEncoded_isThatCharacter() throws MalformedUrlException {
        for (int c = 1; c < 128; c++) {
            String encoded = String.format("%%%02x", c);

            assertThat(PercentEncoding.decode(encoded, 0, 3)).isEqualTo(String.valueOf((char) c));
        }
    }

    @Test
    void decode_everyBasicCharacterEncoded_isThatCharacter() throws MalformedUrlException {
        for (int c = 1; c < Character.MIN_SURROGATE; c += 97) {
            String text = String.valueOf((char) c);
            StringBuilder encoded = new StringBuilder();
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                encoded.append(String.format("%%%02X", b & 0xff));
            }

            assertThat(PercentEncoding.decode(encoded.toString(), 0, encoded.length()))
                    .isEqualTo(text);
        }
    }
}
