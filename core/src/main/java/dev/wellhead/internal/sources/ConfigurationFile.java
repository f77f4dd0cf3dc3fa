package dev.wellhead.internal.sources;

import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.RawValue;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the block {@code wellhead.databases.<name>} of {@code application.conf}, {@code .json} or {@code .properties}
 * on the class path, or of the file that {@code config.file}, {@code config.resource} or {@code config.url} names, with
 * {@code reference.conf} as fallback. Substitutions use the file and the variables of the request, and nothing else of
 * this process; a blank variable counts as not set.
 *
 * <p>The classes of typesafe-config are loaded only if there is such a file, so a start without one is not delayed.
 */
public final class ConfigurationFile {

    /** The key of problems of the file as a whole. */
    static final String TOPIC = "application.conf";

    private static final String[] RESOURCES = {"application.conf", "application.json", "application.properties"};
    private static final String[] PROPERTIES = {"config.file", "config.resource", "config.url"};

    private ConfigurationFile() {}

    /**
     * {@return the values in the block of the database}
     *
     * @param variables the variables that substitutions may use
     * @param properties the system properties of the request, which may name the file
     */
    public static List<RawValue> read(
            DatabaseName name, Map<String, String> variables, Map<String, String> properties, Problems problems) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ConfigurationFile.class.getClassLoader() : context;
        return read(name, variables, properties, loader, problems);
    }

    public static List<RawValue> read(
            DatabaseName name,
            Map<String, String> variables,
            Map<String, String> properties,
            ClassLoader loader,
            Problems problems) {
        List<String> named = new ArrayList<>(0);
        for (String property : PROPERTIES) {
            if (!properties.getOrDefault(property, "").isBlank()) {
                named.add(property);
            }
        }
        if (named.size() > 1) {
            List<Origin> origins = new ArrayList<>(named.size());
            for (String property : named) {
                origins.add(new Origin.SystemProperty(property));
            }
            problems.add(
                    ProblemCode.INVALID_CONFIGURATION_FILE,
                    TOPIC,
                    "There is more than one configuration file: " + String.join(" and ", named) + " are set.",
                    origins,
                    "Keep one of them.");
            return List.of();
        }
        if (named.isEmpty() && !isOnClassPath(loader)) {
            return List.of();
        }
        ConfigurationLoader configuration =
                new ConfigurationLoader(loader, variables, new ForcedVariables(variables, properties), problems);
        return named.isEmpty()
                ? configuration.read(name)
                : configuration.read(name, named.get(0), properties.getOrDefault(named.get(0), ""));
    }

    private static boolean isOnClassPath(ClassLoader loader) {
        for (String resource : RESOURCES) {
            if (loader.getResource(resource) != null) {
                return true;
            }
        }
        return false;
    }
}
