package dev.wellhead.internal.types;

import java.util.ArrayList;
import java.util.List;

/** Parses whole numbers and ports. Only ASCII digits are accepted: no sign, no blanks, no separators. */
public final class NumberValues {

    private NumberValues() {}

    static Integer integer(String text, long minimum, long maximum) throws InvalidValueException {
        long value = digits(text);
        String fix = "Use a whole number from " + minimum + " to " + maximum + ".";
        if (value < 0) {
            throw new InvalidValueException("not a whole number in plain digits", fix);
        }
        if (value < minimum) {
            throw new InvalidValueException("less than " + minimum, fix);
        }
        if (value > maximum) {
            throw new InvalidValueException("more than " + maximum, fix);
        }
        return (int) value;
    }

    static List<Integer> ports(String text) throws InvalidValueException {
        List<String> items = TextValues.items(text);
        List<Integer> ports = new ArrayList<>(items.size());
        for (String item : items) {
            long port = digits(item);
            if (port < 1 || port > 65535) {
                throw new InvalidValueException(
                        items.size() > 1 ? "not a list of ports" : "not a port",
                        "Use whole numbers from 1 to 65535 in plain digits, separated by commas.");
            }
            ports.add((int) port);
        }
        return List.copyOf(ports);
    }

    /** {@return the number, at most {@link Integer#MAX_VALUE} + 1; -1 if the text has other characters than digits} */
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
