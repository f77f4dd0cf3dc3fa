package dev.wellhead.internal.url;

import dev.wellhead.internal.types.ChoiceType;
import dev.wellhead.internal.types.IntegerType;
import dev.wellhead.internal.types.InvalidValueException;
import java.util.List;

/** How the text of libpq's or pgjdbc's parameter becomes the text of a setting. */
public interface Conversion {

    /**
     * {@return the text of the setting}
     *
     * @throws InvalidValueException when the parameter cannot have this value here; never echoes it
     */
    String convert(String text) throws InvalidValueException;

    /** The text means the same. */
    record AsIs() implements Conversion {

        @Override
        public String convert(String text) {
            return text;
        }
    }

    /** Whole seconds; 0 where it means something bounded. */
    record Seconds(boolean zero) implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            long seconds = IntegerType.digits(text);
            if (seconds < 0 && !isNegative(text)) {
                throw new InvalidValueException(
                        "not a whole number of seconds", "Write seconds in plain digits, without a unit, such as 10.");
            }
            if (seconds < 0 || (seconds == 0 && !zero)) {
                throw new InvalidValueException(
                        "a wait without end", "Write a number of seconds, or leave it out for the default.");
            }
            return seconds + "s";
        }

        private boolean isNegative(String text) {
            return !zero && text.startsWith("-") && IntegerType.digits(text.substring(1)) >= 0;
        }
    }

    /** {@code 1} and {@code 0}, which are true and false to libpq. */
    record ZeroOne() implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            if (text.equals("1")) {
                return "true";
            }
            if (text.equals("0")) {
                return "false";
            }
            throw new InvalidValueException("neither 1 nor 0", "Use 1 for on or 0 for off.");
        }
    }

    /** A list of ports in which an empty item is the default, once the list is not empty as a whole. */
    record Ports() implements Conversion {

        private static final String DEFAULT = "5432";

        @Override
        public String convert(String text) throws InvalidValueException {
            StringBuilder ports = new StringBuilder();
            int start = 0;
            while (start <= text.length()) {
                int comma = text.indexOf(',', start);
                int end = comma < 0 ? text.length() : comma;
                ports.append(start == 0 ? "" : ",").append(start == end ? DEFAULT : text.substring(start, end));
                start = end + 1;
            }
            return ports.toString();
        }
    }

    /** Other spellings: pairs of theirs and ours. */
    record Spellings(List<String> pairs) implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            String[] theirs = new String[pairs.size() / 2];
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(text)) {
                    return pairs.get(i + 1);
                }
                theirs[i / 2] = pairs.get(i);
            }
            throw ChoiceType.invalid("not one of its values", text, theirs);
        }
    }

    /** Values under which the parameter changes nothing; every other one is refused. */
    record NoEffect(List<String> harmless) implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            if (harmless.contains(text)) {
                return text;
            }
            throw new InvalidValueException("not supported");
        }
    }
}
