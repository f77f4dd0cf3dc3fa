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
 * The block {@code wellhead.databases.<name>} of {@code application.conf}, {@code .json} or {@code .properties} on the
 * class path, or of the file that {@code config.file}, {@code config.resource} or {@code config.url} names, with
 * {@code reference.conf} below it. Substitutions see the file and the environment of the request, nothing else of the
 * process; an empty variable counts as not set.
 *
 * <p>The classes of typesafe-config are loaded only where there is such a file: a start without one does not pay for it.
 */
public final class ConfigurationFile {

    /** What a problem of the file as a whole is about. */
    public static final String TOPIC = "application.conf";

    private static final String[] RESOURCES = {"application.conf", "application.json", "application.properties"};
    private static final String[] PROPERTIES = {"config.file", "config.resource", "config.url"};

    private ConfigurationFile() {}

    /**
     * {@return what the block of the database says}
     *
     * @param variables what substitutions may refer to
     * @param properties the system properties that count; none for a request that reads nothing of this process
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
        ConfigurationLoader configuration = new ConfigurationLoader(loader, variables, problems);
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
