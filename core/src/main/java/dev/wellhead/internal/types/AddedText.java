package dev.wellhead.internal.types;

/**
 * Finds what is not part of the value that was meant: quotes that a shell would have removed, a reference that it would have
 * replaced, and a line break at the end of a file or of a copied line.
 */
public final class AddedText {

    private static final String OPENING = "\"'\u201C\u2018";
    private static final String CLOSING = "\"'\u201D\u2019";

    private AddedText() {}

    /** @throws InvalidValueException if the text is in quotes or a reference, or has a control character */
    static void reject(String text) throws InvalidValueException {
        if (Reference.isToVariable(text)) {
            throw new InvalidValueException(
                    "a reference to a variable that nothing has replaced",
                    "Set the value itself, or let a shell or the deployment replace the reference.");
        }
        if (isInQuotes(text)) {
            throw new InvalidValueException(
                    "in quotes, which are part of the value",
                    "Remove the quotes. A file for docker --env-file, for example, must not have them.");
        }
        if (endsInLineBreak(text)) {
            throw new InvalidValueException(
                    "a text that ends in a line break",
                    "Remove the line break. A file with the line ends of Windows, for example, adds a carriage return.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                throw new InvalidValueException(
                        "a text with a line break, so it is not shown", "Write it on one line.");
            }
            if (Character.isISOControl(c)) {
                throw new InvalidValueException(
                        "a text with a control character, at character " + (i + 1), "Remove the character.");
            }
        }
    }

    /** @throws InvalidValueException if a comment follows the value, as in {@code require # not verified} */
    static void rejectComment(String text) throws InvalidValueException {
        if (hasComment(text)) {
            throw new InvalidValueException(
                    "a value followed by a comment",
                    "Remove the comment. A file for docker --env-file, for example, has comments only on lines of their"
                            + " own.");
        }
    }

    /** {@return whether the first and the last character are quotes that belong together} */
    public static boolean isInQuotes(String text) {
        int last = text.length() - 1;
        int kind = last < 1 ? -1 : OPENING.indexOf(text.charAt(0));
        return kind >= 0 && text.charAt(last) == CLOSING.charAt(kind);
    }

    /** {@return whether a {@code #} with a blank on both sides is in the text} */
    static boolean hasComment(String text) {
        for (int i = text.indexOf('#', 1); i > 0 && i + 1 < text.length(); i = text.indexOf('#', i + 1)) {
            if (isBlank(text.charAt(i - 1)) && isBlank(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    public static boolean endsInLineBreak(String text) {
        return text.endsWith("\n") || text.endsWith("\r");
    }
}
