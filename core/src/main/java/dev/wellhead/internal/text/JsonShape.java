package dev.wellhead.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of JSON that are stored where only a password is expected. The text is not parsed, so a text of such a
 * shape is probably JSON, but may be invalid.
 */
public enum JsonShape {
    OBJECT("a JSON object"),
    ARRAY("a JSON array"),
    STRING("a JSON string in quotation marks"),
    /** A JSON object as base64 text, as Kubernetes and many APIs encode secrets. */
    BASE64("a JSON object that is encoded as base64");

    /** Editors write it at the beginning of a UTF-8 file. It is part of no format. */
    public static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final String OBJECT_BEGINNINGS = "\"}";
    private static final String ARRAY_BEGINNINGS = "\"{[";

    private final String description;

    JsonShape(String description) {
        this.description = description;
    }

    /** {@return the shape with an article, such as {@code a JSON object}} */
    public String description() {
        return description;
    }

    /**
     * {@return the shape of a text; null if it has none} Blanks and a byte order mark around the text do not matter.
     */
    public static @Nullable JsonShape of(String text) {
        String content = content(text);
        if (content.length() < 2) {
            return null;
        }
        return switch (content.charAt(0)) {
            case '{' -> isBetween(content, OBJECT_BEGINNINGS, '}') ? OBJECT : null;
            case '[' -> isBetween(content, ARRAY_BEGINNINGS, ']') ? ARRAY : null;
            case '"' -> content.endsWith("\"") ? STRING : null;
            // base64 of an opening brace, or of a byte order mark
            case 'e', '7' -> isEncodedObject(content) ? BASE64 : null;
            default -> null;
        };
    }

    /** {@return the text without blanks and without a byte order mark around it} */
    public static String content(String text) {
        String stripped = text.strip();
        boolean isMarked = !stripped.isEmpty() && stripped.charAt(0) == BYTE_ORDER_MARK;
        return isMarked ? stripped.substring(1).strip() : stripped;
    }

    /**
     * {@return whether the first character inside of the brackets is one of {@code beginnings}, and the last one ends
     * them}
     */
    private static boolean isBetween(String content, String beginnings, char end) {
        String inside = content.substring(1).stripLeading();
        return beginnings.indexOf(inside.charAt(0)) >= 0 && content.charAt(content.length() - 1) == end;
    }

    private static boolean isEncodedObject(String content) {
        // both alphabets, and the line breaks of the base64 command
        String standard =
                content.replace('-', '+').replace('_', '/').replace("\n", "").replace("\r", "");
        try {
            byte[] decoded = Base64.getDecoder().decode(standard);
            return of(new String(decoded, StandardCharsets.UTF_8)) == OBJECT;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
