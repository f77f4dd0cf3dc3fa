package dev.wellhead.testkit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the texts that a user may see. Such a text shows no part of {@link #MARK}. It has no control character except
 * for line breaks, and no character that changes the direction of the text.
 */
public final class ShownText {

    /** Stands for a sensitive value in the input of a test. No part of six characters of it may be shown. */
    public static final String MARK = "Xq7Zk9Vw3Jp5";

    private static final int SHORTEST_PART = 6;

    private ShownText() {}

    /** {@return whether a part of the mark is in the text} */
    public static boolean showsMark(String text) {
        for (int i = 0; i + SHORTEST_PART <= MARK.length(); i++) {
            if (text.contains(MARK.substring(i, i + SHORTEST_PART))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks a text, or the text of an object.
     *
     * @throws AssertionError if a user must not see the text
     */
    public static void requireHarmless(Object shown) {
        String text = shown.toString();
        if (showsMark(text)) {
            throw new AssertionError("The text shows something sensitive: " + text);
        }
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                throw new AssertionError(
                        "The text has the character U+%04X at %d: %s".formatted((int) text.charAt(i), i, text));
            }
        }
    }

    /**
     * Checks the messages of an exception, of its causes and of its suppressed exceptions.
     *
     * @throws AssertionError if a user must not see one of them
     */
    public static void requireHarmless(Throwable thrown) {
        requireHarmless(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void requireHarmless(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown != null && seen.add(thrown)) {
            requireHarmless((Object) thrown);
            requireHarmless(thrown.getCause(), seen);
            for (Throwable suppressed : thrown.getSuppressed()) {
                requireHarmless(suppressed, seen);
            }
        }
    }

    private static boolean isControl(char c) {
        boolean isLineBreak = c == '\n' || (c == '\r' && System.lineSeparator().length() > 1);
        boolean isBidirectional = c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
        boolean isSeparator = c == '\u2028' || c == '\u2029';
        return (Character.isISOControl(c) && !isLineBreak) || isBidirectional || isSeparator;
    }
}
