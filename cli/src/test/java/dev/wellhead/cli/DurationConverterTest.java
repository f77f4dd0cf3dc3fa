package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({"500ms,500,500ms", "60s,60000,1m", "2m,120000,2m", "1h,3600000,1h", "90s,90000,90s", "0s,0,0s"})
    void duration_withAUnit_isConvertedAndFormatted(String text, long millis, String formatted) {
        Duration duration = new DurationConverter().convert(text);

        assertThat(duration).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationConverter.format(duration)).isEqualTo(formatted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "10", "-1s", "1.5s", "1w", "PT5S", "99999999999999999999s", "400d"})
    void duration_thatIsInvalid_isRefused(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a valid duration; use 500ms, 60s or 2m");
    }
}
