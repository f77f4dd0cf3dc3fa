package dev.wellhead.internal.url;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of libpq or of pgjdbc by name. Letter case matters. Not changed after class initialization. */
public final class Parameters {

    /** A name that differs from that of a password by more letters has another meaning. */
    private static final int LARGEST_DISTANCE = 2;

    private final Map<String, Parameter> byName = new HashMap<>(160);

    Parameters(Parameter... parameters) {
        add(List.of(parameters));
    }

    /** {@return parameters that are settings with the same values} */
    static Parameters of(Map<String, Setting<?>> settings) {
        Parameters parameters = new Parameters();
        settings.forEach((name, setting) -> parameters.byName.put(name, Parameter.supported(name, setting)));
        return parameters;
    }

    Parameters add(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            byName.put(parameter.name(), parameter);
        }
        return this;
    }

    /** Adds parameters that are rejected for the same reason; a blank separates their names. */
    Parameters unsupported(String reason, String fix, String names) {
        for (String name : names.split(" ", -1)) {
            byName.put(name, Parameter.unsupported(name, reason, fix));
        }
        return this;
    }

    /** Adds properties that are passed to the driver as they are; a blank separates their names. */
    Parameters passed(String names) {
        for (String name : names.split(" ", -1)) {
            byName.put(name, Parameter.supported(name, Settings.driver(name), new DriverValue(name)));
        }
        return this;
    }

    /** Adds names of other libraries for one setting; a blank separates them. */
    Parameters foreign(Setting<?> setting, Conversion conversion, String names) {
        for (String name : names.split(" ", -1)) {
            byName.put(name, Parameter.supported(name, setting, conversion));
        }
        return this;
    }

    /** {@return the names in alphabetical order} */
    Collection<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** {@return the parameter, or {@code null} if there is none of this name} */
    @Nullable
    public Parameter find(String name) {
        return byName.get(name);
    }

    /**
     * {@return the known name that is most similar to an unknown one, if one is similar enough} A password is suggested only
     * for a typing error.
     */
    public Optional<String> nearest(String name) {
        String nearest = Suggestions.nearest(name, names()).orElse(null);
        Parameter parameter = nearest == null ? null : byName.get(nearest);
        Setting<?> setting = parameter == null ? null : parameter.setting();
        boolean isOtherPassword = nearest != null
                && setting != null
                && setting.isSensitive()
                && Suggestions.distance(name, nearest) > LARGEST_DISTANCE;
        return isOtherPassword ? Optional.empty() : Optional.ofNullable(nearest);
    }
}
