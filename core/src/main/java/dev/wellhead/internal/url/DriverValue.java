package dev.wellhead.internal.url;

import dev.wellhead.internal.types.ChoiceValues;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.NumberValues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Checks the value of a property that is passed to the driver. The driver itself replaces some invalid values with
 * others: it reads {@code yes} as false. Its list of properties has the choices, and the default shows the type.
 *
 * @param property pgjdbc's name
 */
record DriverValue(String property) implements Conversion {

    private static final String MINUS_ONE = "-1";
    private static final List<String> SIZES = List.of("", "K", "M", "G", "T", "p", "pct", "percent");

    /** {@return whether the driver on the class path has this property} */
    static boolean exists(String property) {
        return PGProperty.forName(property) != null;
    }

    @Override
    public String convert(String text) throws InvalidValueException {
        PGProperty known = PGProperty.forName(property);
        if (known == null) {
            throw new InvalidValueException(
                    "a value of a property that this version of the driver does not have",
                    "Use a later version of org.postgresql:postgresql, or leave it out.");
        }
        String[] choices = known.getChoices();
        if (choices != null) {
            requireChoice(text, List.of(choices));
        } else if (known == PGProperty.MAX_RESULT_BUFFER) {
            requireSize(text);
        } else {
            requireTypeOf(known.getDefaultValue(), text);
        }
        return text;
    }

    private static void requireChoice(String text, List<String> choices) throws InvalidValueException {
        if (!choices.contains(text)) {
            throw ChoiceValues.invalid("not one of its values", text, choices);
        }
    }

    /** Source: pgjdbc documentation, "maxResultBuffer". */
    private static void requireSize(String text) throws InvalidValueException {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || !SIZES.contains(text.substring(digits))) {
            throw new InvalidValueException(
                    "not a size",
                    "Write a number of bytes, such as 1000000 or 10M, or a part of the heap, such as 10p.");
        }
    }

    private static void requireTypeOf(@Nullable String byDefault, String text) throws InvalidValueException {
        if ("true".equals(byDefault) || "false".equals(byDefault)) {
            requireChoice(text, List.of("true", "false"));
        } else if (byDefault != null && isNumber(byDefault)) {
            boolean valid = NumberValues.digits(text) >= 0 && NumberValues.digits(text) <= Integer.MAX_VALUE;
            if (!valid && !(byDefault.equals(MINUS_ONE) && text.equals(MINUS_ONE))) {
                throw new InvalidValueException(
                        "not a whole number in plain digits",
                        "Use a whole number from 0 to " + Integer.MAX_VALUE
                                + (byDefault.equals(MINUS_ONE) ? ", or -1 for the default." : "."));
            }
        }
    }

    private static boolean isNumber(String text) {
        return text.equals(MINUS_ONE) || NumberValues.digits(text) >= 0;
    }
}
