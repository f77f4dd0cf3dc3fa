package dev.wellhead.internal.connect.failure;

import org.jspecify.annotations.Nullable;

/** Makes a message of the server, the driver or the JDK part of one of our sentences. */
final class Clause {

    private static final int LONGEST = 300;

    private Clause() {}

    /**
     * Returns the message without control characters and without its full stop, shortened, and with a lower-case first
     * letter unless it begins with an acronym.
     */
    static String of(@Nullable String message) {
        StringBuilder text = new StringBuilder();
        for (char c : message == null ? new char[0] : message.strip().toCharArray()) {
            text.append(Character.isISOControl(c) ? ' ' : c);
        }
        if (text.isEmpty()) {
            return "no reason given";
        }
        if (text.length() > LONGEST) {
            text.setLength(LONGEST);
            text.append("...");
        } else if (text.charAt(text.length() - 1) == '.') {
            text.setLength(text.length() - 1);
        }
        if (text.length() > 1 && Character.isLowerCase(text.charAt(1))) {
            text.setCharAt(0, Character.toLowerCase(text.charAt(0)));
        }
        return text.toString();
    }
}
