package dev.wellhead.cli;

import dev.wellhead.internal.types.DurationType;
import dev.wellhead.internal.types.InvalidValueException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts durations as settings spell them: {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final DurationType TYPE =
            new DurationType(Duration.ofMillis(1), Duration.ofDays(365), "a single attempt");

    @Override
    public Duration convert(String text) {
        try {
            return TYPE.parse(text);
        } catch (InvalidValueException e) {
            throw new TypeConversionException("'" + text + "' is not a valid duration; use 500ms, 60s or 2m");
        }
    }

    static String format(Duration duration) {
        return TYPE.format(duration);
    }
}
