package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Setting;
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
        if (path.startsWith(DriverKeys.PREFIX) && name.catalogue().isOfDatabases()) {
            return DriverKeys.read(path.substring(DriverKeys.PREFIX.length()), key, text, origin, name, problems);
        }
        Setting<?> setting = name.catalogue().named(path);
        if (setting != null) {
            return RawValue.of(setting, text, origin);
        }
        new UnknownKeys(name, problems, false).report(key, path, key, origin);
        return null;
    }
}
