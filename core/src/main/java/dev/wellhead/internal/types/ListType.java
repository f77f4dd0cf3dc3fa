package dev.wellhead.internal.types;

import java.util.ArrayList;
import java.util.List;

/** Items separated by commas. An empty item and blanks around one are refused: to libpq they mean something else. */
public final class ListType implements SettingType<List<String>> {

    private static final String HOW = "Write the items with one comma between them and no blanks around them.";

    private final String description;

    public ListType(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> parse(String text) throws InvalidValueException {
        TextType.requireEncodable(text);
        List<String> items = new ArrayList<>(1);
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            items.add(item(text.substring(start, end)));
            start = end + 1;
        }
        return List.copyOf(items);
    }

    private static String item(String item) throws InvalidValueException {
        if (item.isBlank()) {
            throw new InvalidValueException("a list with an empty item", HOW);
        }
        if (!item.strip().equals(item)) {
            throw new InvalidValueException("a list with blanks around an item", HOW);
        }
        return item;
    }

    @Override
    public String format(List<String> items) {
        return String.join(",", items);
    }
}
