package dev.wellhead.internal.sources;

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
            if (key.startsWith(start) && !property.getValue().isBlank()) {
                RawValue value = keys.read(
                        key.substring(start.length()), property.getValue(), key, new Origin.SystemProperty(key));
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }
}
