package dev.wellhead.internal.types;

import dev.wellhead.settings.Setting;
import java.time.Duration;

/**
 * Parses and formats durations with a unit: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. A number
 * without a unit is rejected unless it is 0, because it means milliseconds in HikariCP and seconds in libpq. ISO-8601
 * ({@code PT5S}) is rejected too, so that there is one way to write a duration.
 */
final class DurationValues {

    private static final String[] UNITS = {"ms", "s", "m", "h", "d"};
    private static final long[] MILLIS = {1, 1_000, 60_000, 3_600_000, 86_400_000};
    private static final String FORMAT = "Write a whole number and a unit: ms, s, m, h or d, such as 500ms, 5s or 2m.";

    private DurationValues() {}

    static Duration parse(Setting<?> setting, String text) throws InvalidValueException {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        int unit = indexOf(text.substring(digits));
        if (digits > 0 && digits == text.length()) {
            if (!isZero(text)) {
                throw new InvalidValueException("a number without a unit", FORMAT);
            }
            unit = 0;
        }
        if (digits == 0 || unit < 0) {
            throw new InvalidValueException("not a duration", FORMAT);
        }
        long millis;
        try {
            millis = Math.multiplyExact(Long.parseLong(text.substring(0, digits)), MILLIS[unit]);
        } catch (NumberFormatException | ArithmeticException e) {
            millis = Long.MAX_VALUE;
        }
        if (millis != 0 || setting.meaningOfZero().isEmpty()) {
            requireWithinBounds(setting, millis);
        }
        return Duration.ofMillis(millis);
    }

    private static void requireWithinBounds(Setting<?> setting, long millis) throws InvalidValueException {
        String zero = setting.meaningOfZero();
        String fix = "Use a duration" + bounds(setting) + (zero.isEmpty() ? "." : "; 0 means " + zero + ".");
        if (millis < setting.minimum()) {
            throw new InvalidValueException("shorter than " + format(setting.minimum()), fix);
        }
        if (millis > setting.maximum()) {
            throw new InvalidValueException("longer than " + format(setting.maximum()), fix);
        }
    }

    /** {@return the duration in the largest unit that divides it} */
    static String format(long millis) {
        int unit = 0;
        while (millis != 0 && unit + 1 < UNITS.length && millis % MILLIS[unit + 1] == 0) {
            unit++;
        }
        return millis == 0 ? "0s" : millis / MILLIS[unit] + UNITS[unit];
    }

    static String describe(Setting<?> setting) {
        String zero = setting.meaningOfZero();
        boolean fromZero = !zero.isEmpty() && setting.minimum() == 0;
        return setting.valueDescription()
                + " (ms, s, m, h, d)"
                + (fromZero ? " up to " + format(setting.maximum()) : bounds(setting))
                + (zero.isEmpty() ? "" : "; 0: " + zero);
    }

    private static String bounds(Setting<?> setting) {
        return " from " + format(setting.minimum()) + " to " + format(setting.maximum());
    }

    private static int indexOf(String unit) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isZero(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
