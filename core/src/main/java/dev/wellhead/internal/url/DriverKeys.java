package dev.wellhead.internal.url;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of the form {@code driver.<property>}, from every source except a URL. The class and the list of
 * properties are loaded only if there is such a key.
 */
public final class DriverKeys {

    /** The start of such a key. */
    public static final String PREFIX = "driver.";

    private static final String LIST = "The properties that can be set are listed in docs/driver.md.";

    private DriverKeys() {}

    /** {@return whether the driver on the class path has this property} */
    public static boolean exists(String property) {
        return DriverValue.exists(property);
    }

    /**
     * {@return the value; {@code null} if it has no effect or if a problem was added}
     *
     * @param property pgjdbc's name of the property
     * @param key the key as the user typed it
     */
    public static @Nullable RawValue read(
            String property, String key, String text, Origin origin, DatabaseName name, Problems problems) {
        Parameter parameter = PgjdbcParameters.all().find(property);
        if (parameter == null) {
            Optional<String> nearest = Suggestions.nearest(property, passed());
            problems.add(
                    ProblemCode.UNKNOWN_SETTING,
                    key,
                    key + " is not a property of the driver.",
                    origin,
                    nearest.isPresent() ? "Did you mean " + PREFIX + nearest.get() + "?" : LIST);
            return null;
        }
        Setting<?> setting = parameter.setting();
        if (setting != null && setting.driverProperty().isEmpty()) {
            problems.add(
                    ProblemCode.UNSUPPORTED_PARAMETER,
                    key,
                    key + " is not passed to the driver: " + setting.name() + " is a setting of Wellhead.",
                    origin,
                    "Set " + setting.name() + " (" + name.variable(setting) + ") instead.");
            return null;
        }
        return parameter.read(text, key, origin, problems);
    }

    /**
     * {@return the property that a variable names, with or without its underscores; {@code null} if there is none}
     *
     * @param bare the variable without its prefix, such as {@code PREFER_QUERY_MODE} or {@code PREFERQUERYMODE}
     */
    public static @Nullable String propertyOf(String bare) {
        String wanted = bare.replace("_", "").toLowerCase(Locale.ROOT);
        for (String property : PgjdbcParameters.all().names()) {
            if (property.toLowerCase(Locale.ROOT).equals(wanted)) {
                return property;
            }
        }
        return null;
    }

    /** {@return the variables of the properties that can be set, of the unnamed database, for suggestions} */
    public static List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (String property : passed()) {
            variables.add(Settings.driver(property).variable());
        }
        return variables;
    }

    /** {@return the properties that are passed to the driver, in alphabetical order} */
    public static List<String> passed() {
        List<String> passed = new ArrayList<>();
        for (String property : PgjdbcParameters.all().names()) {
            Parameter parameter = PgjdbcParameters.all().find(property);
            Setting<?> setting = parameter == null ? null : parameter.setting();
            if (setting != null && setting.driverProperty().isPresent()) {
                passed.add(property);
            }
        }
        return passed;
    }
}
