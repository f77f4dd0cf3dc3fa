package dev.wellhead.spring.boot;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Spring's {@code Environment} as a source of settings. Property sources that Spring ranks above the environment variables
 * (the command line, {@code SPRING_APPLICATION_JSON}, properties of tests) override {@code DB_*}; those below
 * ({@code application.yml}) are overridden by them, as {@code application.conf} is in other applications.
 */
final class EnvironmentSettings implements SettingsSource {

    private static final String URL_VARIABLE = "DATABASE_URL";
    private static final String ENVIRONMENT = "ENVIRONMENT";

    private final ConfigurableEnvironment environment;
    private final PropertyNames names;
    private final @Nullable ServiceConnection service;

    EnvironmentSettings(ConfigurableEnvironment environment, @Nullable ServiceConnection service) {
        this.environment = environment;
        this.names = PropertyNames.of(environment);
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
        if (service != null && database.equals(DatabaseBeans.DEFAULT)) {
            properties.addAll(service.properties());
        }
        Map<String, StringBuilder> lists = new LinkedHashMap<>();
        for (PropertyNames.Found found : names.all()) {
            String path = found.pathIn(database);
            path = path == null ? variablePath(database, found) : path;
            if (path == null) {
                continue;
            }
            String value = value(found);
            int index = path.indexOf('[');
            if (index < 0) {
                properties.add(new SuppliedProperty(path, Sensitive.of(value), found.origin()));
                continue;
            }
            // the items of a list in YAML
            String list = found.source().getName() + ' ' + path.substring(0, index);
            StringBuilder items = lists.get(list);
            if (items == null) {
                lists.put(list, new StringBuilder(value));
                properties.add(new SuppliedProperty(
                        path.substring(0, index), Sensitive.of(items(found, value)), found.origin()));
            }
        }
        return properties;
    }

    /** {@return all items of the list whose first item was found} */
    private String items(PropertyNames.Found first, String value) {
        StringBuilder items = new StringBuilder(value);
        String start = first.name().substring(0, first.name().lastIndexOf('['));
        for (int i = 1; first.source().containsProperty(start + "[" + i + "]"); i++) {
            items.append(',').append(first.source().getProperty(start + "[" + i + "]"));
        }
        return items.toString();
    }

    /**
     * {@return the path for a variable of Wellhead that is set elsewhere, such as {@code DB_HOST} in an imported
     * {@code .env} file; null if it is none} Names of other programs are left alone.
     */
    private static @Nullable String variablePath(String database, PropertyNames.Found found) {
        if (found.isVariable()) {
            return null;
        }
        String prefix = database.equals(DatabaseBeans.DEFAULT)
                ? ""
                : database.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
        if (found.name().equals(prefix + URL_VARIABLE)) {
            return "url";
        }
        for (Setting<?> setting : Settings.all()) {
            if (found.name().equals(prefix + setting.variable())) {
                return setting.name();
            }
        }
        return null;
    }

    private String value(PropertyNames.Found found) {
        Object value = found.source().getProperty(found.name());
        try {
            return value == null ? "" : environment.resolveRequiredPlaceholders(value.toString());
        } catch (IllegalArgumentException e) {
            // without the cause, whose message quotes the value
            Origin origin = found.origin();
            throw new ConfigurationException(List.of(Problem.of(
                    ProblemCode.MISSING_VALUE,
                    found.name(),
                    found.name() + " has a placeholder that no property source of Spring has.",
                    List.of(origin),
                    List.of("Set the property or the variable in ${...}, or give it a default: ${NAME:default}."))));
        }
    }
}
