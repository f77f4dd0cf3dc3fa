package dev.wellhead.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters one party knows by name, each a setting or a refusal. Case matters. */
final class Parameters {

    private final Map<String, Parameter> byName = new HashMap<>(160);

    Parameters(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            byName.put(parameter.name(), parameter);
        }
    }

    /** {@return the parameter of this name, or {@code null}} */
    @Nullable
    Parameter find(String name) {
        return byName.get(name);
    }

    /** {@return the known name an unknown one was probably meant to be} */
    Optional<String> nearest(String name) {
        return Suggestions.nearest(name, new TreeSet<>(byName.keySet()));
    }
}
