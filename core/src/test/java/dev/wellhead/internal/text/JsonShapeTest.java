package dev.wellhead.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonShapeTest {

    private static final String OBJECT = "{\"username\":\"app\",\"password\":\"x>?~\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"password\":\"x\"} | OBJECT",
                "\uFEFF {} | OBJECT",
                "[\"a\"] | ARRAY",
                "[ {\"a\":1} ] | ARRAY",
                "[[1]] | ARRAY",
                "\"{}\" | STRING",
                "\"plain\" | STRING"
            })
    void of_json_isRecognised(String text, JsonShape shape) {
        assertThat(JsonShape.of(text)).isEqualTo(shape);
    }

    @Test
    void of_encodedObject_isRecognisedInBothAlphabetsAndWithLineBreaks() {
        byte[] bytes = OBJECT.getBytes(StandardCharsets.UTF_8);

        assertThat(JsonShape.of(Base64.getEncoder().encodeToString(bytes))).isEqualTo(JsonShape.BASE64);
        assertThat(JsonShape.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isEqualTo(JsonShape.BASE64);
        assertThat(JsonShape.of(Base64.getMimeEncoder(8, new byte[] {'\n'}).encodeToString(bytes)))
                .isEqualTo(JsonShape.BASE64);
        assertThat(JsonShape.of(
                        Base64.getEncoder().encodeToString(("\uFEFF" + OBJECT).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(JsonShape.BASE64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "\"",
                "{x}",
                "[x]",
                "{\"x",
                "\"x",
                "7",
                "e",
                "eyJ",
                "7u/x",
                "p{\"a\":1}",
                "12345",
                "true"
            })
    void of_otherText_isNone(String text) {
        assertThat(JsonShape.of(text)).isNull();
    }

    @Test
    void content_markAndBlanks_areRemoved() {
        assertThat(JsonShape.content(" \uFEFF x \n")).isEqualTo("x");
        assertThat(JsonShape.content("\uFEFF")).isEmpty();
    }
}
