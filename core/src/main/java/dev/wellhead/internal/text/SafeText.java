package dev.wellhead.internal.text;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to show: what a server, a certificate, a secret, a file, a variable or the network
 * supplied may contain escape sequences of a terminal, line breaks that forge a log line, or characters that reverse or
 * hide other text. Every such text passes through this class before it becomes part of a message, a log line or an
 * output.
 *
 * <p>A line break or tab becomes one space. Every other control character, format character, unpaired surrogate and
 * invisible character becomes {@code ?}. Letters of every language stay as they are.
 *
 * <p>Source: Unicode Technical Report 36, "Unicode Security Considerations", and the property
 * {@code Default_Ignorable_Code_Point} of the Unicode Character Database.
 */
public final class SafeText {

    /** The length at which text from outside is cut. */
    public static final int LONGEST = 300;

    /** The length at which a sentence is cut. A sentence without text from outside is shorter. */
    private static final int LONGEST_SENTENCE = 4000;

    private static final int LONGEST_VALUE = 1000;
    private static final int LONGEST_QUOTED = 60;
    private static final String PUNCTUATION = "._-:,/+% [](){}!*<>#";
    private static final String CUT = "...";

    private SafeText() {}

    /** {@return the text as one line without characters that mislead, cut at {@value #LONGEST}; empty for null} */
    public static String of(@Nullable String text) {
        return of(text, LONGEST);
    }

    /** {@return the text as one line without characters that mislead, cut at {@code longest}; empty for null} */
    public static String of(@Nullable String text, int longest) {
        return text == null ? "" : replaced(text, longest, false);
    }

    /**
     * {@return a sentence as one line without characters that mislead} This is the last check before the sentence is
     * shown.
     */
    public static String sentence(String text) {
        return replaced(text, LONGEST_SENTENCE, false);
    }

    /** {@return an unmodifiable copy of the list, with each sentence as {@link #sentence} returns it} */
    public static List<String> sentences(List<String> texts) {
        String[] safe = new String[texts.size()];
        for (int i = 0; i < safe.length; i++) {
            safe[i] = sentence(texts.get(i));
        }
        return List.of(safe);
    }

    /** {@return the value of a setting as one line without characters that mislead} */
    public static String value(String text) {
        return replaced(text, LONGEST_VALUE, false);
    }

    /** {@return a text of several lines without characters that mislead; the line breaks stay} */
    public static String lines(String text) {
        return replaced(text, Integer.MAX_VALUE, true);
    }

    /** {@return whether {@link #of} returns the text as it is} */
    public static boolean isSafe(@Nullable String text) {
        return text == null || (text.length() <= LONGEST && isReadable(text, false));
    }

    /** {@return whether a character may be shown: it is visible or a space, and does not change other characters} */
    public static boolean isReadable(int codePoint) {
        if (codePoint < 0x7F) {
            return codePoint >= ' ';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> !isInvisible(codePoint);
        };
    }

    /** Letters, marks and symbols that are not displayed. */
    private static boolean isInvisible(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                (codePoint >= 0x180B && codePoint <= 0x180F)
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
        };
    }

    private static boolean isReadable(String text, boolean keepsLines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // the usual text has only such characters
            if ((c >= ' ' && c < 0x7F) || (c == '\n' && keepsLines)) {
                continue;
            }
            int codePoint = text.codePointAt(i);
            if (!isReadable(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint) - 1;
        }
        return true;
    }

    private static String replaced(String text, int longest, boolean keepsLines) {
        if (text.length() <= longest && isReadable(text, keepsLines)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), 2 * LONGEST));
        boolean joining = false;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            boolean separates = isSeparator(codePoint) && !(codePoint == '\n' && keepsLines);
            if (separates && joining) {
                continue;
            }
            joining = separates;
            int character =
                    separates ? ' ' : isReadable(codePoint) || (codePoint == '\n' && keepsLines) ? codePoint : '?';
            if (shown.length() + Character.charCount(character) > longest) {
                return shown.append(CUT).toString();
            }
            shown.appendCodePoint(character);
        }
        return shown.toString();
    }

    /** Tab, the line breaks of ASCII, NEL, and the separators of lines and paragraphs. */
    private static boolean isSeparator(int codePoint) {
        return (codePoint >= '\t' && codePoint <= '\r')
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    /**
     * {@return a text that a user wrote, in quotes; empty if it must not be shown} A value in the wrong variable may be
     * a password (a URL or a connection string in place of a host name), so a text is shown only if it cannot be one.
     */
    public static String quoted(String text) {
        return isHarmless(text) ? "'" + text + "'" : "";
    }

    /** {@return whether the text is a URL or a connection string, which may contain a password} */
    public static boolean mayHoldPassword(String text) {
        return text.contains("://") || text.toLowerCase(Locale.ROOT).contains("password=");
    }

    /** {@return the value of a setting for a list of settings; a placeholder if it may hold a password} */
    public static String listed(String text) {
        return mayHoldPassword(text) ? "<not shown>" : value(text);
    }

    private static boolean isHarmless(String text) {
        if (text.length() > LONGEST_QUOTED || mayHoldPassword(text)) {
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
