package dev.wellhead.internal.sources;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the substitutions of a configuration file from the variables of the request. Each value is marked with the
 * name of its variable, because typesafe-config does not record it.
 */
final class VariableResolver implements ConfigResolver {

    /** The start of the origin description, which is the only field of a value that a resolver can set. */
    static final String MARK = "environment variable ";

    private final Map<String, String> variables;

    VariableResolver(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    @SuppressWarnings("NullAway") // the interface requires null for a variable that is not set
    public ConfigValue lookup(String path) {
        @Nullable String text = variables.get(path);
        return text == null || text.isBlank() ? null : ConfigValueFactory.fromAnyRef(text, MARK + path);
    }

    /** {@return the variable that a value was taken from, or {@code null}} */
    static @Nullable String variable(ConfigOrigin origin) {
        String description = origin.description();
        int mark = description.indexOf(MARK);
        if (mark < 0) {
            return null;
        }
        int start = mark + MARK.length();
        int comma = description.indexOf(',', start); // a merged value lists several origins
        return description.substring(start, comma < 0 ? description.length() : comma);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        return this;
    }
}
