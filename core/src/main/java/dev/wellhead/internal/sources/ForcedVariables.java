package dev.wellhead.internal.sources;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables that override keys of the configuration file if the system property
 * {@code config.override_with_env_vars} is true. In their names, {@code _} stands for a dot, {@code __} for a hyphen and
 * {@code ___} for an underscore: {@code CONFIG_FORCE_wellhead_databases_default_host}. Source: typesafe-config, README,
 * "Optional system or env variable overrides".
 */
final class ForcedVariables {

    static final String PREFIX = "CONFIG_FORCE_";
    private static final String PROPERTY = "config.override_with_env_vars";

    /** The variables that can only be meant for Wellhead. */
    private static final String OURS = PREFIX + "wellhead_";

    private final Map<String, String> variables = new TreeMap<>();
    private final boolean enabled;

    ForcedVariables(Map<String, String> environment, Map<String, String> properties) {
        enabled = Boolean.parseBoolean(properties.get(PROPERTY));
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(PREFIX) && !variable.getValue().isBlank()) {
                variables.put(variable.getKey(), variable.getValue());
            }
        }
    }

    /** {@return the values of the variables that belong to the database; they override the file} */
    List<RawValue> read(DatabaseName name, Problems problems, List<String> warnings) {
        List<RawValue> values = new ArrayList<>();
        KeysOfBlock keys = new KeysOfBlock(name, problems);
        String start = name.block() + ".";
        for (Map.Entry<String, String> forced : variables.entrySet()) {
            String variable = forced.getKey();
            String path = path(variable);
            Origin origin = new Origin.Variable(variable, Origin.Kind.CONFIGURATION_FILE);
            if (!enabled) {
                warnIfOurs(variable, warnings);
            } else if (path == null && variable.startsWith(OURS)) {
                problems.add(
                        ProblemCode.UNKNOWN_SETTING,
                        variable,
                        variable + " has more than three underscores in a row, which stand for nothing.",
                        origin,
                        "Write _ for a dot, __ for a hyphen and ___ for an underscore.");
            } else if (path != null && path.startsWith(start)) {
                RawValue value = keys.read(path.substring(start.length()), forced.getValue(), variable, origin);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static void warnIfOurs(String variable, List<String> warnings) {
        if (variable.startsWith(OURS)) {
            warnings.add(variable + " has no effect, because the system property " + PROPERTY + " is not true.");
        }
    }

    /**
     * {@return the resolved file, whose substitutions use the values of the variables} The keys that variables override
     * keep the values of the file, so that both are known.
     */
    Config resolve(Config file, ConfigResolveOptions options) {
        Config alone = file.resolve(options);
        if (!enabled || variables.isEmpty()) {
            return alone;
        }
        Config overridden = file;
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, String> forced : variables.entrySet()) {
            String path = path(forced.getKey());
            try {
                if (path != null) {
                    overridden = overridden.withValue(
                            path,
                            ConfigValueFactory.fromAnyRef(forced.getValue(), VariableResolver.MARK + forced.getKey()));
                    paths.add(path);
                }
            } catch (ConfigException.BadPath notAKey) {
                // such a variable cannot override a key of the file
            }
        }
        Config resolved = overridden.resolve(options);
        for (String path : paths) {
            resolved = restored(resolved, alone, path);
        }
        return resolved;
    }

    private static Config restored(Config resolved, Config alone, String path) {
        try {
            return alone.hasPath(path) ? resolved.withValue(path, alone.getValue(path)) : resolved.withoutPath(path);
        } catch (ConfigException.NotResolved unknown) {
            return resolved.withoutPath(path);
        }
    }

    /** {@return the key that the variable overrides; {@code null} if it has too many underscores in a row} */
    private static @Nullable String path(String variable) {
        StringBuilder path = new StringBuilder();
        int at = PREFIX.length();
        while (at < variable.length()) {
            int start = at;
            while (at < variable.length() && variable.charAt(at) == '_') {
                at++;
            }
            switch (at - start) {
                case 0 -> path.append(variable.charAt(at++));
                case 1 -> path.append('.');
                case 2 -> path.append('-');
                case 3 -> path.append('_');
                default -> {
                    return null;
                }
            }
        }
        return path.toString();
    }
}
