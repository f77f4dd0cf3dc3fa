package dev.wellhead.internal.types;

import java.util.ArrayList;
import java.util.List;

/** Parses texts, lists and booleans. */
final class TextValues {

    private static final String LIST_FORMAT = "Write the items with one comma between them and no blanks around them.";

    private TextValues() {}

    /** Rejects NUL, which ends a string in PostgreSQL's protocol, and unpaired surrogates, which UTF-8 cannot encode. */
    static String text(String text) throws InvalidValueException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidValueException(
                        "a text with a NUL character", "Remove the NUL character: PostgreSQL does not support it.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidValueException(
                        "not valid Unicode", "Check the encoding that it was written in: UTF-8 cannot encode it.");
            }
        }
        return text;
    }

    /** Rejects empty items and blanks around items, because libpq gives them a different meaning. */
    static List<String> list(String text) throws InvalidValueException {
        text(text);
        List<String> items = new ArrayList<>(1);
        for (String item : items(text)) {
            if (item.isBlank()) {
                throw new InvalidValueException("a list with an empty item", LIST_FORMAT);
            }
            if (!item.strip().equals(item)) {
                throw new InvalidValueException("a list with blanks around an item", LIST_FORMAT);
            }
            items.add(item);
        }
        return List.copyOf(items);
    }

    /** {@return the parts between commas; at least one} */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>(1);
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            items.add(text.substring(start, end));
            start = end + 1;
        }
        return items;
    }

    static Boolean bool(String text) throws InvalidValueException {
        if (text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        throw new InvalidValueException("neither true nor false", "Use true or false.");
    }
}
