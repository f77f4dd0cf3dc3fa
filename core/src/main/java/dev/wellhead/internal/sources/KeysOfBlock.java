package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a database's block that are given one by one: by system properties, or by variables. */
final class KeysOfBlock {

    private final DatabaseName name;
    private final Problems problems;

    KeysOfBlock(DatabaseName name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /**
     * {@return the value; {@code null} if it has no effect or if a problem was added}
     *
     * @param path the key below the block, such as {@code host} or {@code driver.stringtype}
     * @param key the key as the user typed it
     */
    @Nullable
    RawValue read(String path, String text, String key, Origin origin) {
        if (path.startsWith(DriverKeys.PREFIX)) {
            return DriverKeys.read(path.substring(DriverKeys.PREFIX.length()), key, text, origin, name, problems);
        }
        List<String> known = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            if (setting.name().equals(path)) {
                return RawValue.of(setting, text, origin);
            }
            known.add(setting.name());
        }
        Optional<String> nearest = Suggestions.nearest(path, known);
        problems.add(
                ProblemCode.UNKNOWN_SETTING,
                key,
                key + " is not a setting.",
                origin,
                nearest.isPresent()
                        ? "Did you mean " + name.block() + "." + nearest.get() + "?"
                        : "Remove it; the settings are listed in docs/settings.md.");
        return null;
    }
}
