package dev.wellhead.internal.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "999, 999ms",
        "1000, 1s",
        "1500, 1500ms",
        "60000, 1m",
        "90000, 90s",
        "3600000, 1h",
        "5400000, 90m",
        "86400000, 1d",
        "129600000, 36h",
    })
    void format_milliseconds_usesTheLargestUnitThatDivides(long millis, String text) {
        assertThat(DurationValues.format(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {250, 1_000, 1_001, 30_000, 59_999, 60_000, 1_800_000, 3_600_000})
    void parse_formattedDuration_isTheSame(long millis) throws InvalidValueException {
        assertThat(DurationValues.parse(Settings.CONNECTION_TIMEOUT, DurationValues.format(millis)))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "5 s", "5S", "5sec", "-5s", "+5s", "5.5s", "1h30m", "٥s", "5s ", "0x5s", "5_000ms"})
    void parse_anotherSpelling_isRejectedWithTheFormat(String text) {
        assertThatThrownBy(() -> DurationValues.parse(Settings.CONNECTION_TIMEOUT, text))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.fixes()[0])
                        .isEqualTo("Write a whole number and a unit: ms, s, m, h or d, such as 500ms, 5s or 2m."))
                .hasMessage("not a duration");
    }

    /** HikariCP reads a plain number as milliseconds, libpq as seconds. */
    @Test
    void parse_numberWithoutAUnit_isRejected() {
        assertThatThrownBy(() -> DurationValues.parse(Settings.CONNECTION_TIMEOUT, "30"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("a number without a unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "0s", "0ms", "0d"})
    void parse_zeroThatHasAMeaning_needsNoUnit(String text) throws InvalidValueException {
        assertThat(Settings.MAX_LIFETIME.meaningOfZero()).isNotEmpty();
        assertThat(DurationValues.parse(Settings.MAX_LIFETIME, text)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"106751991168d", "9223372036854775807ms", "9223372036854775808ms", "99999999999999999999d"})
    void parse_overflow_isLongerThanTheMaximum(String text) {
        Setting<Duration> setting = Settings.CONNECTION_TIMEOUT;

        assertThatThrownBy(() -> DurationValues.parse(setting, text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("longer than " + DurationValues.format(setting.maximum()));
    }

    @Test
    void parse_bounds_areInclusive() throws InvalidValueException {
        Setting<Duration> setting = Settings.CONNECTION_TIMEOUT;

        assertThat(DurationValues.parse(setting, setting.minimum() + "ms").toMillis())
                .isEqualTo(setting.minimum());
        assertThat(DurationValues.parse(setting, setting.maximum() + "ms").toMillis())
                .isEqualTo(setting.maximum());
        assertThatThrownBy(() -> DurationValues.parse(setting, setting.minimum() - 1 + "ms"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("shorter than ");
        assertThatThrownBy(() -> DurationValues.parse(setting, setting.maximum() + 1 + "ms"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("longer than ");
    }

    @Test
    void describe_setting_hasUnitsBoundsAndZero() {
        assertThat(DurationValues.describe(Settings.MAX_LIFETIME))
                .contains("(ms, s, m, h, d)")
                .contains("0: " + Settings.MAX_LIFETIME.meaningOfZero());
        assertThat(DurationValues.describe(Settings.CONNECTION_TIMEOUT))
                .contains(" from ")
                .contains(" to ");
    }
}
