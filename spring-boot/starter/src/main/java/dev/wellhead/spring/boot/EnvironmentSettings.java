package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Origin;
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
        String name = environmentName();
        if (!name.isBlank()) {
            // also from application.yml or a test, so that a profile can decide it
            variables.put(ENVIRONMENT, name);
        }
        if (service != null) {
            for (Setting<?> setting : OTHER_SERVERS) {
                variables.remove(setting.variable());
                variables.remove(setting.variable() + DatabaseVariables.FILE);
            }
        }
        return variables;
    }

    @Override
    public Optional<Origin> environmentOrigin() {
        PropertyNames.Found found = foundEnvironment();
        if (found != null) {
            return Optional.of(found.origin());
        }
        return environmentName().isBlank()
                ? Optional.empty()
                : Optional.of(new Origin.ApplicationProperty(
                        ENVIRONMENT, "", "Spring's Environment", 0, Origin.Kind.CONFIGURATION_FILE));
    }

    private String environmentName() {
        PropertyNames.Found found = foundEnvironment();
        // a source that cannot list its names may have it
        String name = found == null ? environment.getProperty(ENVIRONMENT) : required(found);
        return name == null ? "" : name;
    }

    /** {@return the strongest place where the variable is set and not blank} */
    private PropertyNames.@Nullable Found foundEnvironment() {
        for (PropertyNames.Found found : names.all()) {
            if (found.name().equals(ENVIRONMENT) && !found.text().isBlank()) {
                return found;
            }
        }
        return null;
    }

    @Override
    public Optional<String> applicationName() {
        return Optional.ofNullable(environment.getProperty("spring.application.name"))
                .filter(name -> !name.isBlank());
    }

    @Override
    public List<Supplied> properties(String database) {
        List<Supplied> supplied = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (service != null && database.equals(DatabaseBeans.DEFAULT)) {
            for (SuppliedProperty property : service.properties()) {
                supplied.add(property);
                seen.add(property.path());
            }
        }
        for (List<PropertyNames.Found> source : names.bySource()) {
            // a variable overrides a property of the same source, as it does in the environment
            addVariables(new DatabaseVariables(database), source, seen, supplied);
            addProperties(database, source, seen, supplied);
        }
        return supplied;
    }

    /** Adds variables that a source other than the environment has, such as an imported {@code .env} file. */
    private void addVariables(
            DatabaseVariables variables, List<PropertyNames.Found> source, Set<String> seen, List<Supplied> supplied) {
        List<SuppliedProperty> found = new ArrayList<>();
        for (PropertyNames.Found name : source) {
            if (name.isVariable() || !DatabaseVariables.isName(name.name())) {
                continue;
            }
            String path = variables.path(name.name());
            if (service != null && path != null && isOtherServer(path)) {
                continue;
            }
            String value = value(name, false);
            if (path != null
                    && seen.add(Suggestions.plain(path))
                    && value == null
                    && !variables.isSet(path, names.variables())) {
                throw unresolved(name);
            }
            if (value != null) {
                found.add(new SuppliedProperty(name.name(), Sensitive.of(value), name.origin()));
            }
        }
        if (!found.isEmpty()) {
            supplied.add(new SuppliedVariables(found));
        }
    }

    private void addProperties(
            String database, List<PropertyNames.Found> source, Set<String> seen, List<Supplied> supplied) {
        DatabaseVariables variables = new DatabaseVariables(database);
        Set<String> lists = new HashSet<>();
        for (PropertyNames.Found found : source) {
            String typed = found.pathIn(database);
            if (typed == null) {
                continue;
            }
            int index = typed.indexOf('[');
            String path = index < 0 ? typed : typed.substring(0, index);
            if (service != null && isOtherServer(path)) {
                continue;
            }
            boolean isFirst = index < 0 || lists.add(path);
            String value = isFirst ? value(found, index >= 0) : "";
            boolean isStrongest = seen.add(Suggestions.plain(path));
            if (value == null && isStrongest && !variables.isSet(path, names.variables())) {
                throw unresolved(found);
            }
            if (isFirst && value != null) {
                supplied.add(new SuppliedProperty(path, Sensitive.of(value), found.origin()));
            }
        }
    }

    private static boolean isOtherServer(String path) {
        return OTHER_SERVERS.stream()
                .anyMatch(setting -> Suggestions.plain(setting.name()).equals(Suggestions.plain(path)));
    }

    /** {@return the value, or all items of the list that it is in; null if a placeholder has no value} */
    private @Nullable String value(PropertyNames.Found found, boolean isList) {
        try {
            return environment.resolveRequiredPlaceholders(isList ? items(found) : found.text());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the items from the first one on} A source may list its names in any order, as the command line does. */
    private static String items(PropertyNames.Found found) {
        String start = found.name().substring(0, found.name().lastIndexOf('['));
        List<String> items = new ArrayList<>();
        for (int i = 0; found.source().containsProperty(start + "[" + i + "]"); i++) {
            items.add(found.text(start + "[" + i + "]"));
        }
        return String.join(",", items);
    }

    private String required(PropertyNames.Found found) {
        String value = value(found, false);
        if (value == null) {
            throw unresolved(found);
        }
        return value;
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
