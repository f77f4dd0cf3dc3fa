package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.InvalidValueException;
import dev.wellhead.internal.types.MigrationSettings;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the settings in the block of one database. */
final class ConfigurationBlock {

    private static final int LONGEST_KEY = 64;

    /** The key of the block of driver properties. */
    private static final String DRIVER = "driver";

    /** The key of the block of settings for migrations. */
    private static final String MIGRATION = "migration";

    private final DatabaseName name;
    private final Problems problems;
    private final List<RawValue> values = new ArrayList<>();

    ConfigurationBlock(DatabaseName name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /**
     * {@return the values in the block}
     *
     * @param root after substitution
     * @param written before substitution
     */
    List<RawValue> read(ConfigObject root, ConfigObject written) {
        ConfigObject wellhead = block(root, "wellhead", "wellhead");
        if (wellhead == null) {
            return values;
        }
        requireKnown(wellhead, "wellhead", Catalogue.BLOCKS, null);
        ConfigObject databases = block(wellhead, key(), name.catalogue().block());
        ConfigObject block = databases == null ? null : block(databases, name.value(), name.block());
        if (block == null) {
            return values;
        }
        List<String> known = new ArrayList<>();
        for (Setting<?> setting : name.catalogue().settings()) {
            if (MigrationSettings.isOne(setting)) {
                continue;
            }
            known.add(setting.name());
            ConfigValue value = at(block, setting.name());
            if (value != null) {
                add(setting, value, written(written, value, setting.name()));
            }
        }
        if (name.catalogue().isOfDatabases()) {
            known.add(DRIVER);
            readDriverProperties(block, written);
            known.add(MIGRATION);
            readMigration(block, written);
        }
        requireKnown(block, name.block(), known, new UnknownKeys(name, problems, false));
        return values;
    }

    /** {@return the key of the block that contains the blocks of all services of this kind} */
    private String key() {
        return name.catalogue().block().substring("wellhead.".length());
    }

    /** Reads the block {@code driver { ... }}, whose keys are properties of pgjdbc. */
    private void readDriverProperties(ConfigObject block, ConfigObject written) {
        String path = name.block() + "." + DRIVER;
        ConfigObject driver = block(block, DRIVER, path);
        if (driver == null) {
            return;
        }
        for (String property : new TreeSet<>(driver.keySet())) {
            ConfigValue value = at(driver, property);
            if (value == null || !isShowable(property)) {
                requireKnown(driver, path, DriverKeys.passed(), null);
                return;
            }
            String key = path + "." + property;
            Origin origin = ConfigurationOrigin.of(value, written(written, value, DRIVER, property));
            String text = text(Settings.driver(property), key, value, origin);
            RawValue read = text.isBlank() ? null : DriverKeys.read(property, key, text, origin, name, problems);
            if (read != null) {
                values.add(read);
            }
        }
    }

    /** Reads the block {@code migration { ... }}, whose keys are the settings of migrations. */
    private void readMigration(ConfigObject block, ConfigObject written) {
        String path = name.block() + "." + MIGRATION;
        ConfigObject migration = block(block, MIGRATION, path);
        if (migration == null) {
            return;
        }
        List<String> known = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            if (MigrationSettings.isOne(setting)) {
                String key = setting.name().substring(MigrationSettings.PREFIX.length());
                known.add(key);
                ConfigValue value = at(migration, key);
                if (value != null) {
                    add(setting, value, written(written, value, MIGRATION, key));
                }
            }
        }
        requireKnown(migration, path, known, null);
    }

    private @Nullable ConfigObject block(ConfigObject parent, String key, String path) {
        ConfigValue value = at(parent, key);
        if (value == null || type(value) == ConfigValueType.NULL) {
            return null;
        }
        if (type(value) == null) {
            addUnresolved(path, value);
            return null;
        }
        if (value instanceof ConfigObject object) {
            return object;
        }
        problems.add(
                ProblemCode.INVALID_VALUE,
                path,
                path + " is a value, but it must be a block.",
                ConfigurationOrigin.of(value, value),
                "Write " + path + " { ... }.");
        return null;
    }

    private void add(Setting<?> setting, ConfigValue value, ConfigValue written) {
        Origin origin = ConfigurationOrigin.of(value, written);
        String text = text(setting, name.block() + "." + setting.name(), value, origin);
        if (!text.isBlank()) {
            values.add(RawValue.of(setting, text, origin));
        }
    }

    /** {@return the text of a value; empty if it counts as not set or if a problem was added} */
    private String text(Setting<?> setting, String key, ConfigValue value, Origin origin) {
        if (type(value) == null) {
            addUnresolved(key, value);
            return "";
        }
        try {
            return ConfigurationText.of(setting, value);
        } catch (ConfigException.NotResolved e) {
            addUnresolved(key, value);
        } catch (InvalidValueException e) {
            problems.add(ProblemCode.INVALID_VALUE, key, key + " is " + e.getMessage() + ".", origin, e.fixes());
        }
        return "";
    }

    /** @param unknown reports the keys of a block of settings; null for another block */
    private void requireKnown(ConfigObject block, String path, List<String> known, @Nullable UnknownKeys unknown) {
        for (String key : new TreeSet<>(block.keySet())) {
            if (known.contains(key)) {
                continue;
            }
            ConfigValue value = at(block, key);
            Origin origin =
                    value == null ? new Origin.ConfigurationLine(path, 0, null) : ConfigurationOrigin.of(value, value);
            String shown = isShowable(key) ? path + "." + key : "A key in " + path;
            String setting = isShowable(key) ? shown : path;
            if (unknown != null) {
                unknown.report(setting, key, shown, origin);
                continue;
            }
            Optional<String> nearest = Suggestions.nearest(key, known);
            problems.add(
                    ProblemCode.UNKNOWN_SETTING,
                    setting,
                    shown + " is not a setting.",
                    origin,
                    nearest.isPresent()
                            ? "Did you mean " + path + "." + nearest.get() + "?"
                            : "Remove it; the settings are listed in docs/settings.md.");
        }
    }

    /** A key with other characters may be a value in the wrong place. */
    private static boolean isShowable(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '_' && c != '-' && c != '.') {
                return false;
            }
        }
        return !key.isEmpty() && key.length() <= LONGEST_KEY;
    }

    private void addUnresolved(String path, ConfigValue value) {
        String missing = substitution(value.render(ConfigRenderOptions.concise()));
        Origin origin = ConfigurationOrigin.of(value, value);
        if (missing.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_VALUE,
                    path,
                    path + " has a substitution that is not set.",
                    origin,
                    "Set the variable it refers to.");
        } else {
            problems.add(
                    ProblemCode.MISSING_VALUE,
                    path,
                    path + " refers to ${" + missing + "}, which is not set.",
                    origin,
                    "Set the environment variable " + missing + ", or write ${?" + missing + "} to make it optional.");
        }
    }

    /** {@return the variable of the first substitution; texts in quotes are skipped, because they may be sensitive} */
    private static String substitution(String rendered) {
        boolean quoted = false;
        for (int i = 0; i < rendered.length(); i++) {
            char c = rendered.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && rendered.startsWith("${", i) && !rendered.startsWith("${?", i)) {
                int end = rendered.indexOf('}', i);
                String reference = end < 0 ? "" : rendered.substring(i + 2, end);
                return isShowable(reference) ? reference : "";
            }
        }
        return "";
    }

    /** {@return the type; {@code null} if a substitution is not resolved} */
    private static @Nullable ConfigValueType type(ConfigValue value) {
        try {
            // an object with an unresolved substitution has a type, but isEmpty() throws
            return value instanceof ConfigObject object && object.isEmpty()
                    ? ConfigValueType.OBJECT
                    : value.valueType();
        } catch (ConfigException.NotResolved e) {
            return null;
        }
    }

    private static @Nullable ConfigValue at(ConfigObject object, String key) {
        try {
            return object.get(key);
        } catch (ConfigException.NotResolved e) {
            return null;
        }
    }

    /** {@return the value before substitution; {@code value} if it is not found} */
    private ConfigValue written(ConfigObject root, ConfigValue value, String... keys) {
        @Nullable ConfigValue found = root;
        List<String> path = new ArrayList<>(List.of("wellhead", key(), name.value()));
        path.addAll(List.of(keys));
        for (String part : path) {
            found = found instanceof ConfigObject object ? at(object, part) : null;
        }
        return found == null ? value : found;
    }
}
