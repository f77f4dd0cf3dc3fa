package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
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
        String start = name.block() + ".";
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            String key = property.getKey();
            if (key.startsWith(start) && !property.getValue().isBlank()) {
                add(key, key.substring(start.length()), property.getValue(), values);
            }
        }
        return values;
    }

    private void add(String key, String path, String text, List<RawValue> values) {
        for (Setting<?> setting : Settings.all()) {
            if (setting.name().equals(path)) {
                values.add(RawValue.of(setting, text, new Origin.SystemProperty(key)));
                return;
            }
        }
        new UnknownKeys(name, problems, false).report(key, path, key, new Origin.SystemProperty(key));
    }
}
