package dev.wellhead.cli.text;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) for programs and for people who read it: two spaces a level, one line for what is small. */
public final class Json {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** {@return the value of maps, collections, strings, numbers, booleans and {@code null} as JSON, with a line end} */
    public static String of(@Nullable Object value) {
        Json json = new Json();
        json.append(value, 0);
        return json.text.append('\n').toString();
    }

    private void append(@Nullable Object value, int level) {
        if (value instanceof Map<?, ?> map) {
            members(map, level);
        } else if (value instanceof Collection<?> list) {
            elements(list, level);
        } else if (value instanceof Number || value instanceof Boolean || value == null) {
            text.append(value);
        } else {
            quoted(value.toString());
        }
    }

    private void members(Map<?, ?> map, int level) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(level + 1);
            quoted(String.valueOf(entry.getKey()));
            text.append(": ");
            append(entry.getValue(), level + 1);
            text.append(entries.hasNext() ? "," : "");
        }
        if (!map.isEmpty()) {
            newLine(level);
        }
        text.append('}');
    }

    private void elements(Collection<?> list, int level) {
        text.append('[');
        Iterator<?> elements = list.iterator();
        while (elements.hasNext()) {
            newLine(level + 1);
            append(elements.next(), level + 1);
            text.append(elements.hasNext() ? "," : "");
        }
        if (!list.isEmpty()) {
            newLine(level);
        }
        text.append(']');
    }

    private void newLine(int level) {
        text.append('\n').append("  ".repeat(level));
    }

    private void quoted(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
                        unicode(c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Half a surrogate pair has no bytes in UTF-8, so both halves are written as escapes. */
    private void unicode(char c) {
        String hex = Integer.toHexString(c);
        text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
    }
}
