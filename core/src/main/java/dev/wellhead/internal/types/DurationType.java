package dev.wellhead.internal.types;

import java.time.Duration;

/**
 * Durations with a unit: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. There is one way to write them:
 * a bare number is refused (it means milliseconds to HikariCP and typesafe-config, seconds to libpq), except 0, and so
 * is ISO-8601 ({@code PT5S}).
 */
public final class DurationType implements SettingType<Duration> {

    private static final String[] UNITS = {"ms", "s", "m", "h", "d"};
    private static final long[] MILLIS = {1, 1_000, 60_000, 3_600_000, 86_400_000};
    private static final String HOW = "Write a whole number and a unit: ms, s, m, h or d, such as 500ms, 5s or 2m.";

    private final Duration minimum;
    private final Duration maximum;
    private final String zero;

    public DurationType(Duration minimum, Duration maximum, String zero) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.zero = zero;
    }

    @Override
    public String description() {
        if (zero.isEmpty()) {
            return "a duration (ms, s, m, h, d) " + bounds();
        }
        return "a duration (ms, s, m, h, d) "
                + (minimum.isZero() ? "up to " + format(maximum) : bounds())
                + "; 0: "
                + zero;
    }

    @Override
    public Duration parse(String text) throws InvalidValueException {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        String unit = text.substring(digits);
        if (digits == 0) {
            throw new InvalidValueException("not a duration", HOW);
        }
        if (unit.isEmpty()) {
            if (!isAllZeros(text)) {
                throw new InvalidValueException("a number without a unit", HOW);
            }
            return withinBounds(Duration.ZERO);
        }
        int index = indexOf(unit);
        if (index < 0) {
            throw new InvalidValueException("not a duration", HOW);
        }
        return withinBounds(toDuration(text.substring(0, digits), MILLIS[index]));
    }

    @Override
    public String format(Duration value) {
        long millis = value.toMillis();
        int unit = 0;
        while (millis != 0 && unit + 1 < UNITS.length && millis % MILLIS[unit + 1] == 0) {
            unit++;
        }
        return millis == 0 ? "0s" : millis / MILLIS[unit] + UNITS[unit];
    }

    private Duration toDuration(String digits, long millisPerUnit) throws InvalidValueException {
        try {
            return Duration.ofMillis(Math.multiplyExact(Long.parseLong(digits), millisPerUnit));
        } catch (NumberFormatException | ArithmeticException e) {
            throw tooLong();
        }
    }

    private Duration withinBounds(Duration value) throws InvalidValueException {
        if (value.isZero() && !zero.isEmpty()) {
            return value;
        }
        if (value.compareTo(minimum) < 0) {
            throw new InvalidValueException("shorter than " + format(minimum), range());
        }
        if (value.compareTo(maximum) > 0) {
            throw tooLong();
        }
        return value;
    }

    private InvalidValueException tooLong() {
        return new InvalidValueException("longer than " + format(maximum), range());
    }

    private String range() {
        return "Use a duration " + bounds() + (zero.isEmpty() ? "." : "; 0 means " + zero + ".");
    }

    private String bounds() {
        return "from " + format(minimum) + " to " + format(maximum);
    }

    private static int indexOf(String unit) {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAllZeros(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
