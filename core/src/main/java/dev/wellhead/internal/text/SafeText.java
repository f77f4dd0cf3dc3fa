package dev.wellhead.internal.text;

import java.util.Locale;

/**
 * Decides whether a text that a user wrote may be shown. A value in the wrong variable may contain a password (a URL or a
 * connection string in place of a host name), so a text is shown only if it cannot be one of those.
 */
public final class SafeText {

    private static final int LONGEST = 60;
    private static final String PUNCTUATION = "._-:,/+% [](){}!*<>#";

    private SafeText() {}

    /** {@return the text in quotes; empty if it must not be shown} */
    public static String quoted(String text) {
        return isSafe(text) ? "'" + text + "'" : "";
    }

    /** {@return whether the text is a URL or a connection string, which may contain a password} */
    public static boolean mayHoldPassword(String text) {
        return text.contains("://") || text.toLowerCase(Locale.ROOT).contains("password=");
    }

    /** {@return the text for a list of settings, without control characters; a placeholder if it may hold a password} */
    public static String listed(String text) {
        if (mayHoldPassword(text)) {
            return "<not shown>";
        }
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            shown.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return shown.toString();
    }

    private static boolean isSafe(String text) {
        if (text.length() > LONGEST || mayHoldPassword(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
