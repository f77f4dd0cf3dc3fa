package dev.wellhead.examples.guides;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads parsed YAML and JSON, which consist of maps, lists and scalars. */
final class Tree {

    private Tree() {}

    /** {@return the value below a path of keys that are separated by dots; null if it is missing} */
    static Object at(Object node, String path) {
        Object value = node;
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** {@return the text at a path; an empty text if it is missing} */
    static String text(Object node, String path) {
        return Objects.toString(at(node, path), "");
    }

    /** {@return the items of the list at a path; no items if it is missing} */
    static List<Object> items(Object node, String path) {
        return at(node, path) instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    /** {@return the entries of the map at a path, as texts; no entries if it is missing} */
    static Map<String, Object> entries(Object node, String path) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (at(node, path) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        }
        return entries;
    }

    /** {@return the name of every item of a list} */
    static List<String> names(Object node, String path) {
        return items(node, path).stream().map(item -> text(item, "name")).toList();
    }

    /**
     * {@return the first tree with the changes of a second one, as {@code kubectl patch} makes them} Maps are merged, and
     * items of a list that have the same name. A null and an item with {@code $patch: delete} remove what they replace.
     */
    static Object merge(Object base, Object patch) {
        if (base instanceof Map<?, ?> left && patch instanceof Map<?, ?> right) {
            Map<Object, Object> merged = new LinkedHashMap<>(left);
            right.forEach((key, value) -> merged.put(key, merge(merged.get(key), value)));
            merged.values().removeIf(Objects::isNull);
            return merged;
        }
        if (base instanceof List<?> left && patch instanceof List<?> right) {
            List<Object> merged = new ArrayList<>(left);
            for (Object item : right) {
                int same = names(Map.of("items", merged), "items").indexOf(text(item, "name"));
                if (same < 0) {
                    merged.add(item);
                } else {
                    merged.set(same, merge(merged.get(same), item));
                }
            }
            merged.removeIf(item -> text(item, "$patch").equals("delete"));
            return merged;
        }
        return patch;
    }
}
