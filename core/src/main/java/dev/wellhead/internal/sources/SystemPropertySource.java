package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the system properties {@code wellhead.databases.<name>.<setting>}. */
final class SystemPropertySource {

    private static final int LARGEST_DISTANCE = 2;

    private final DatabaseName name;
    private final Problems problems;

    SystemPropertySource(DatabaseName name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /** {@return the values of the properties; a blank property counts as not set} */
    List<RawValue> read(Map<String, String> properties) {
        List<RawValue> values = new ArrayList<>();
        KeysOfBlock keys = new KeysOfBlock(name, problems);
        String start = name.block() + ".";
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            String key = property.getKey();
            if (property.getValue().isBlank()) {
                continue;
            }
            if (key.startsWith(start)) {
                RawValue value = keys.read(
                        key.substring(start.length()), property.getValue(), key, new Origin.SystemProperty(key));
                if (value != null) {
                    values.add(value);
                }
            } else if (isMisplaced(key)) {
                new UnknownKeys(name, problems, false)
                        .report(key, key.substring(key.lastIndexOf('.') + 1), key, new Origin.SystemProperty(key));
            }
        }
        return values;
    }

    /** {@return whether the key is a setting without the name of a database, or with a typing error before it} */
    private boolean isMisplaced(String key) {
        int end = key.lastIndexOf('.');
        String block = end < 0 ? "" : key.substring(0, end);
        boolean isOfAnotherDatabase = block.startsWith(name.catalogue().block() + ".");
        boolean isSimilar = block.equals("wellhead")
                || block.equals(name.catalogue().block())
                || Suggestions.distance(block, name.block()) <= LARGEST_DISTANCE;
        return isSimilar && !isOfAnotherDatabase && name.catalogue().named(key.substring(end + 1)) != null;
    }
}
