package dev.wellhead.internal.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of a URL, which begin at index 0 here. */
class UrlParametersTest {

    @Test
    void read_severalParameters_keepsTheirOrderAndPosition() throws MalformedUrlException {
        List<UrlParameters.Entry> entries = UrlParameters.read("sslmode=require&connect_timeout=5", 0, false);

        assertThat(entries).extracting(UrlParameters.Entry::name).containsExactly("sslmode", "connect_timeout");
        assertThat(entries).extracting(UrlParameters.Entry::index).containsExactly(0, 16);
        assertThat(entries).extracting(entry -> entry.value().reveal()).containsExactly("require", "5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "a=1&"})
    void read_trailingAmpersand_isAllowed(String text) throws MalformedUrlException {
        assertThat(UrlParameters.read(text, 0, false)).hasSize(text.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"a%3Db=1, a=b, 1", "a=%26, a, &", "a=x%3Dy, a, x=y", "a=b+c, a, b+c", "%61=%62, a, b"})
    void read_encodedParameter_isDecoded(String text, String name, String value) throws MalformedUrlException {
        UrlParameters.Entry entry = UrlParameters.read(text, 0, false).get(0);

        assertThat(entry.name()).isEqualTo(name);
        assertThat(entry.value().reveal()).isEqualTo(value);
    }

    /** pgjdbc takes everything after the first equals sign, libpq reports an error. */
    @Test
    void read_secondEqualsSign_belongsToTheValueOnlyInAJdbcUrl() throws MalformedUrlException {
        assertThat(UrlParameters.read("options=-c a=b", 0, true).get(0).value().reveal())
                .isEqualTo("-c a=b");
        assertThatThrownBy(() -> UrlParameters.read("options=-ca=b", 0, false))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage("has a second '=' in a parameter, at character 12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|has a parameter without '=', at character 1",
                "a=1&b|has a parameter without '=', at character 5",
                "a=1&&b=2|has a parameter without '=', at character 5",
                "&a=1|has a parameter without '=', at character 1",
                "a=|has a parameter without a value, at character 1",
                "a=1&b=&c=3|has a parameter without a value, at character 5",
                "a=%4|has a '%' without two hexadecimal digits after it, at character 3",
            })
    void read_malformedParameter_isRejectedWithItsPosition(String text, String message) {
        assertThatThrownBy(() -> UrlParameters.read(text, 0, false))
                .isInstanceOf(MalformedUrlException.class)
                .hasMessage(message);
    }

    @Test
    void toString_entry_isNotShown() throws MalformedUrlException {
        assertThat(UrlParameters.read("password=horse", 0, false).get(0)).hasToString("Entry[<redacted>]");
    }
}
