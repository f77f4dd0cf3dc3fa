package dev.wellhead.cli.output;

import com.grack.nanojson.JsonWriter;
import dev.wellhead.internal.text.SafeText;
import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON (RFC 8259), indented by two spaces. Every character that {@link SafeText} replaces elsewhere is written as an
 * escape sequence, so that a terminal or a log that shows the JSON is safe and a program reads the original text.
 */
public final class JsonOutput {

    private JsonOutput() {}

    /**
     * {@return an object as JSON with a line feed at the end; its keys keep the order of the map}
     *
     * @param object of strings, numbers, booleans, nulls, collections and maps
     */
    public static String of(Map<String, ?> object) {
        return escaped(JsonWriter.indent("  ").string().object(object).done()) + "\n";
    }

    /** Outside of strings, JSON has only ASCII characters. */
    private static String escaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); ) {
            int codePoint = json.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (codePoint < 0x7F || SafeText.isReadable(codePoint)) {
                text.appendCodePoint(codePoint);
            } else {
                for (int unit = i; unit < end; unit++) {
                    text.append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(unit)));
                }
            }
            i = end;
        }
        return text.toString();
    }
}
