package dev.wellhead.internal.url;

import dev.wellhead.internal.text.Suggestions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters one party knows by name, each a setting or a refusal. Case matters. */
public final class Parameters {

    private final Map<String, Parameter> byName = new HashMap<>(160);

    public Parameters(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            byName.put(parameter.name(), parameter);
        }
    }

    /** {@return the parameter of this name, or {@code null}} */
    @Nullable
    public Parameter find(String name) {
        return byName.get(name);
    }

    /** {@return the known name an unknown one was probably meant to be} */
    public Optional<String> nearest(String name) {
        return Suggestions.nearest(name, new TreeSet<>(byName.keySet()));
    }
}
