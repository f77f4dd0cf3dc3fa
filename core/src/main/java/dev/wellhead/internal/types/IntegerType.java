package dev.wellhead.internal.types;

/** A whole number within bounds, in ASCII digits alone: no sign, no blanks, no separators. */
public final class IntegerType implements SettingType<Integer> {

    private final int minimum;
    private final int maximum;

    /** @param minimum 0 or more: a sign is never valid */
    public IntegerType(int minimum, int maximum) {
        this.minimum = minimum;
        this.maximum = maximum;
    }

    @Override
    public String description() {
        return "a whole number from " + minimum + " to " + maximum;
    }

    @Override
    public Integer parse(String text) throws InvalidValueException {
        long value = digits(text);
        if (value < 0) {
            throw new InvalidValueException("not a whole number in plain digits", fix());
        }
        if (value < minimum) {
            throw new InvalidValueException("less than " + minimum, fix());
        }
        if (value > maximum) {
            throw new InvalidValueException("more than " + maximum, fix());
        }
        return (int) value;
    }

    private String fix() {
        return "Use a whole number from " + minimum + " to " + maximum + ".";
    }

    /** {@return the number, capped at {@link Integer#MAX_VALUE} + 1; -1 where the text is not one in plain digits} */
    public static long digits(String text) {
        long value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = Math.min(value * 10 + (c - '0'), Integer.MAX_VALUE + 1L);
        }
        return value;
    }
}
