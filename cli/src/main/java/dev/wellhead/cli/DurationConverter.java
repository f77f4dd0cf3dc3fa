package dev.wellhead.cli;

import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.SettingValues;
import dev.wellhead.settings.Settings;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts durations of up to a day, as settings spell them: {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

    /**
     * {@return the duration}
     *
     * @throws TypeConversionException if it has no unit or is out of bounds; picocli prints the message and exits with
     *     2
     */
    @Override
    public Duration convert(String text) {
        try {
            // a setting with the same bounds
            return SettingValues.parse(Settings.SOCKET_TIMEOUT, text);
        } catch (InvalidValueException e) {
            throw new TypeConversionException("'" + text + "' is not a valid duration; use 500ms, 60s or 2m");
        }
    }

    /** {@return the duration in the largest unit without a fraction, such as {@code 90s} or {@code 2m}} */
    static String format(Duration duration) {
        return SettingValues.format(duration);
    }
}
