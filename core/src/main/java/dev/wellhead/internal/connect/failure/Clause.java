package dev.wellhead.internal.connect.failure;

import dev.wellhead.internal.text.SafeText;
import org.jspecify.annotations.Nullable;

/** Makes a message of the server, the driver or the JDK part of one of our sentences. */
final class Clause {

    private Clause() {}

    /**
     * Returns the message as safe text without its full stop, and with a lower-case first letter unless it begins with
     * an acronym.
     */
    static String of(@Nullable String message) {
        StringBuilder text = new StringBuilder(SafeText.of(message).strip());
        if (text.isEmpty()) {
            return "no reason given";
        }
        int last = text.length() - 1;
        if (text.charAt(last) == '.' && !text.toString().endsWith("...")) {
            text.setLength(last);
        }
        if (text.length() > 1 && Character.isLowerCase(text.charAt(1))) {
            text.setCharAt(0, Character.toLowerCase(text.charAt(0)));
        }
        return text.toString();
    }
}
