package dev.wellhead.internal.url;

import dev.wellhead.internal.types.ChoiceValues;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.NumberValues;
import java.util.ArrayList;
import java.util.List;

/** Converts the text of a libpq or pgjdbc parameter to the text of the setting. */
interface Conversion {

    /**
     * {@return the text of the setting}
     *
     * @throws InvalidValueException if the parameter cannot have this value; the message never contains the text
     */
    String convert(String text) throws InvalidValueException;

    /** The text is the same. */
    record Unchanged() implements Conversion {

        @Override
        public String convert(String text) {
            return text;
        }
    }

    /** Whole seconds. If {@code zeroAllowed} is false, 0 and negative numbers would mean an unlimited wait. */
    record Seconds(boolean zeroAllowed) implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            long seconds = NumberValues.digits(text);
            if (seconds < 0 && !isNegative(text)) {
                throw new InvalidValueException(
                        "not a whole number of seconds", "Write seconds in plain digits, without a unit, such as 10.");
            }
            if (seconds < 0 || (seconds == 0 && !zeroAllowed)) {
                throw new InvalidValueException(
                        "an unlimited wait", "Write a number of seconds, or leave it out for the default.");
            }
            return seconds + "s";
        }

        private boolean isNegative(String text) {
            return !zeroAllowed && text.startsWith("-") && NumberValues.digits(text.substring(1)) >= 0;
        }
    }

    /** Whole milliseconds. */
    record Millis() implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            long millis = NumberValues.digits(text);
            if (millis < 0) {
                throw new InvalidValueException("not a whole number of milliseconds", "Write milliseconds in digits.");
            }
            return millis + "ms";
        }
    }

    /**
     * A search path as the server reads it: names outside quotes are folded to lower case, and {@code ""} inside quotes
     * stands for a quote. The setting has the names themselves. Source: PostgreSQL documentation, "Identifiers and Key
     * Words".
     */
    record SearchPath() implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            StringBuilder names = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' && quoted && text.startsWith("\"\"", i)) {
                    names.append(c);
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (quoted && c == ',') {
                    throw new InvalidValueException(
                            "a search path with a comma in a name", "Rename the schema, or use the setting options.");
                } else if (quoted || !Character.isWhitespace(c)) {
                    names.append(quoted ? c : Character.toLowerCase(c));
                }
            }
            if (quoted) {
                throw new InvalidValueException("a search path with a quote that is not closed", "Close the quote.");
            }
            return names.toString();
        }
    }

    /** {@code 1} and {@code 0}, which mean true and false in libpq. */
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

    /** A list of ports, in which an empty item means the default port. */
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

    /**
     * Other spellings.
     *
     * @param pairs pairs of the parameter's and the setting's spelling
     * @param absent pairs of a value without an equivalent and the reason
     */
    record Spellings(List<String> pairs, List<String> absent) implements Conversion {

        @Override
        public String convert(String text) throws InvalidValueException {
            List<String> accepted = new ArrayList<>(pairs.size() / 2);
            for (int i = 0; i < pairs.size(); i += 2) {
                if (pairs.get(i).equals(text)) {
                    return pairs.get(i + 1);
                }
                accepted.add(pairs.get(i));
            }
            int reason = absent.indexOf(text) + 1;
            if (reason > 0) {
                throw new InvalidValueException(
                        "a value without an equivalent: " + absent.get(reason),
                        "Use one of: " + String.join(", ", accepted) + ".");
            }
            throw ChoiceValues.invalid("not one of its values", text, accepted);
        }
    }

    /** The values with which an unsupported parameter changes nothing. */
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
