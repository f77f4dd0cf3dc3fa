package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Sensitive;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.SettingsSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Spring's {@code Environment} as a source of settings. Property sources that Spring ranks above the environment variables
 * (the command line, {@code SPRING_APPLICATION_JSON}, properties of tests) override {@code DB_*}; those below
 * ({@code application.yml}) are overridden by them, as {@code application.conf} is in other applications.
 */
final class EnvironmentSettings implements SettingsSource {

    private static final String URL_VARIABLE = "DATABASE_URL";
    private static final String DRIVER_VARIABLES = "DB_DRIVER_";
    private static final String ENVIRONMENT = "ENVIRONMENT";

    /** Other servers of the configured database, which a service connection replaces. */
    private static final List<Setting<?>> OTHER_SERVERS =
            List.of(Settings.READER_HOST, Settings.READER_PORT, Settings.MIGRATION_HOST, Settings.MIGRATION_PORT);

    private final ConfigurableEnvironment environment;
    private final PropertyNames names;
    private final @Nullable ServiceConnection service;

    EnvironmentSettings(ConfigurableEnvironment environment, PropertyNames names, @Nullable ServiceConnection service) {
        this.environment = environment;
        this.names = names;
        this.service = service;
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(names.variables());
        String name = environment.getProperty(ENVIRONMENT);
        if (name != null && !name.isBlank()) {
            // also from application.yml or a test, so that a profile can decide it
            variables.put(ENVIRONMENT, name);
        }
        if (service != null) {
            OTHER_SERVERS.forEach(setting -> variables.remove(setting.variable()));
        }
        return variables;
    }

    @Override
    public Optional<String> applicationName() {
        return Optional.ofNullable(environment.getProperty("spring.application.name"))
                .filter(name -> !name.isBlank());
    }

    @Override
    public List<SuppliedProperty> properties(String database) {
        List<SuppliedProperty> properties = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (service != null && database.equals(DatabaseBeans.DEFAULT)) {
            for (SuppliedProperty property : service.properties()) {
                properties.add(property);
                seen.add(property.path());
            }
        }
        Set<String> lists = new HashSet<>();
        for (PropertyNames.Found found : names.all()) {
            String typed = found.pathIn(database);
            typed = typed == null ? variablePath(database, found) : typed;
            if (typed == null) {
                continue;
            }
            int index = typed.indexOf('[');
            String path = index < 0 ? typed : typed.substring(0, index);
            if (service != null && isOtherServer(path)) {
                continue;
            }
            boolean isFirst = index < 0 || lists.add(found.source().getName() + ' ' + path);
            String value = isFirst ? value(found, index >= 0) : "";
            boolean isStrongest = seen.add(Suggestions.plain(path));
            if (value == null && isStrongest && !isVariableSet(database, path)) {
                throw unresolved(found);
            }
            if (isFirst && value != null) {
                properties.add(new SuppliedProperty(path, Sensitive.of(value), found.origin()));
            }
        }
        return properties;
    }

    private static boolean isOtherServer(String path) {
        return OTHER_SERVERS.stream()
                .anyMatch(setting -> Suggestions.plain(setting.name()).equals(Suggestions.plain(path)));
    }

    /** {@return whether a variable overrides the property, so that its placeholders do not matter} */
    private boolean isVariableSet(String database, String path) {
        String prefix = prefix(database);
        if (path.equals("url")) {
            return names.variables().containsKey(prefix + URL_VARIABLE);
        }
        for (Setting<?> setting : Settings.all()) {
            if (Suggestions.plain(setting.name()).equals(Suggestions.plain(path))) {
                return names.variables().containsKey(prefix + setting.variable());
            }
        }
        return false;
    }

    private static String prefix(String database) {
        return database.equals(DatabaseBeans.DEFAULT)
                ? ""
                : database.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
    }

    /**
     * {@return the path for a variable of Wellhead that is set elsewhere, such as {@code DB_HOST} in an imported
     * {@code .env} file; null if it is none} Names of other programs are left alone.
     */
    private static @Nullable String variablePath(String database, PropertyNames.Found found) {
        if (found.isVariable()) {
            return null;
        }
        String prefix = prefix(database);
        if (found.name().equals(prefix + URL_VARIABLE)) {
            return "url";
        }
        if (!found.name().startsWith(prefix + "DB_")) {
            return null;
        }
        if (found.name().startsWith(prefix + DRIVER_VARIABLES)) {
            return "driver." + found.name().substring(prefix.length() + DRIVER_VARIABLES.length());
        }
        for (Setting<?> setting : Settings.all()) {
            if (found.name().equals(prefix + setting.variable())) {
                return setting.name();
            }
        }
        return null;
    }

    /** {@return the value, or all items of the list that it is in; null if a placeholder has no value} */
    private @Nullable String value(PropertyNames.Found found, boolean isList) {
        try {
            return environment.resolveRequiredPlaceholders(isList ? items(found) : text(found, found.name()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the items from the first one on} A source may list its names in any order, as the command line does. */
    private static String items(PropertyNames.Found found) {
        String start = found.name().substring(0, found.name().lastIndexOf('['));
        List<String> items = new ArrayList<>();
        for (int i = 0; found.source().containsProperty(start + "[" + i + "]"); i++) {
            items.add(text(found, start + "[" + i + "]"));
        }
        return String.join(",", items);
    }

    private static String text(PropertyNames.Found found, String name) {
        Object value = found.source().getProperty(name);
        return value == null ? "" : value.toString();
    }

    /** Without the exception of Spring, whose message quotes the value. */
    private static ConfigurationException unresolved(PropertyNames.Found found) {
        return new ConfigurationException(List.of(Problem.of(
                ProblemCode.MISSING_VALUE,
                found.name(),
                found.name() + " has a placeholder that no property source of Spring has.",
                List.of(found.origin()),
                List.of("Set the property or the variable in ${...}, or give it a default: ${NAME:default}."))));
    }
}
