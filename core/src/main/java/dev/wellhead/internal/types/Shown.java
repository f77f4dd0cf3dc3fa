package dev.wellhead.internal.types;

import java.util.Locale;

/**
 * Decides whether a text a user wrote may be shown. A value in the wrong variable may hold a password (a URL or a
 * connection string where a host belongs), so only what cannot be one of those is shown.
 */
public final class Shown {

    private static final int LONGEST = 60;
    private static final String PUNCTUATION = "._-:,/+% [](){}!*<>#";

    private Shown() {}

    /** {@return the text in quotes, or an empty one where it must not be shown} */
    public static String quoted(String text) {
        return isSafe(text) ? "'" + text + "'" : "";
    }

    /** {@return the text in quotes, or an empty one where it, or the URL it came from, must not be shown} */
    public static String quoted(String text, RawValue from) {
        boolean inUrl = from.origin().description().contains(" in environment variable ");
        return inUrl || from.setting().isSensitive() ? "" : quoted(text);
    }

    /** {@return {@code "DB_PORT is '70000', which is"}, or {@code "DB_PORT is"} where the text must not be shown} */
    public static String keyIs(String key, RawValue raw) {
        String shown = quoted(raw.text().reveal(), raw);
        return shown.isEmpty() ? key + " is" : key + " is " + shown + ", which is";
    }

    /** {@return whether the text is a URL or a connection string, which may hold a password} */
    public static boolean mayHoldPassword(String text) {
        return text.contains("://") || text.toLowerCase(Locale.ROOT).contains("password=");
    }

    /** {@return the text for a list of settings, without what may hold a password and without control characters} */
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
