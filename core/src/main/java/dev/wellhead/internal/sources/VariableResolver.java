package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves substitutions from the request's environment, and marks what it gives with the name of the variable. */
public final class VariableResolver implements ConfigResolver {

    /** What the origin of a value starts with that came from a variable. */
    public static final String MARK = "environment variable ";

    private final Map<String, String> variables;

    public VariableResolver(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    @SuppressWarnings("NullAway") // the interface asks for null where nothing is found
    public ConfigValue lookup(String path) {
        @Nullable String text = variables.get(path);
        return text == null || text.isBlank() ? null : ConfigValueFactory.fromAnyRef(text, MARK + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        return this;
    }
}
