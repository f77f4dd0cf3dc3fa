package dev.wellhead.spring.boot;

import dev.wellhead.DatabaseBuilder;
import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reports {@code spring.datasource.*}, which nothing reads while Wellhead opens the database. Platforms set
 * {@code SPRING_DATASOURCE_URL} beside {@code DATABASE_URL}, so properties that name the same database are only a warning. It
 * is an error if they name another one, or if nothing else names a database: the service would otherwise connect to another
 * database than its configuration shows.
 */
final class SpringDataSourceProperties {

    private static final Logger LOG = LoggerFactory.getLogger("dev.wellhead.spring");

    private static final String PREFIX = "spring.datasource.";
    private static final String VARIABLES = "SPRING_DATASOURCE_";
    private static final String URL = "url";

    private final ConfigurableEnvironment environment;

    /** The properties by their names in Spring's canonical form, below the prefix. */
    private final Map<String, PropertyNames.Found> set = new TreeMap<>();

    SpringDataSourceProperties(ConfigurableEnvironment environment, PropertyNames names) {
        this.environment = environment;
        for (PropertyNames.Found found : names.all()) {
            String name = canonical(found);
            if (name != null && SpringDataSourceNames.isRead(name) && isSet(found)) {
                set.putIfAbsent(name, found);
            }
        }
    }

    boolean isAnySet() {
        return !set.isEmpty();
    }

    /**
     * Compares the properties with the settings, and logs a warning that lists them.
     *
     * @throws ConfigurationException if they name another database, or if nothing else names one
     */
    void check(DatabaseBuilder builder) {
        if (set.isEmpty()) {
            return;
        }
        DatabaseSettings settings;
        try {
            settings = builder.resolve();
        } catch (ConfigurationException e) {
            boolean isServerMissing = e.settings().stream()
                    .noneMatch(setting -> setting.name().equals(Settings.HOST.name())
                            && setting.origin().kind().compareTo(Origin.Kind.DEFAULT) < 0);
            boolean isMissing = e.problems().stream().allMatch(problem -> problem.code() == ProblemCode.MISSING_VALUE);
            if (set.containsKey(URL) && isServerMissing && isMissing) {
                throw onlySpring();
            }
            throw e;
        }
        PropertyNames.Found url = set.get(URL);
        if (url != null && settings.hostIsDefault()) {
            throw onlySpring();
        }
        @Nullable
        Origin host = settings.explain(Settings.HOST)
                .map(ResolvedSetting::origin)
                // a secret that has not been read yet names the host
                .orElse(null);
        if (url != null && host != null && !namesSameDatabase(url, settings)) {
            throw contradiction(url, host);
        }
        LOG.warn(message());
    }

    private ConfigurationException onlySpring() {
        Map.Entry<String, PropertyNames.Found> url = Map.entry(URL, set.getOrDefault(URL, first()));
        return new ConfigurationException(List.of(Problem.of(
                ProblemCode.CONFLICTING_VALUES,
                url.getValue().name(),
                url.getValue().name() + " is set, but Wellhead opens the database and does not read it.",
                List.of(url.getValue().origin()),
                List.of(
                        "Rename the properties: " + String.join(", ", renamed()) + ".",
                        "To keep Spring Boot's own data source, set wellhead.spring.enabled to false."))));
    }

    private static ConfigurationException contradiction(PropertyNames.Found url, Origin host) {
        String other = host instanceof Origin.UrlPart part
                ? part.variable()
                : host.key().orElse("the setting host");
        return new ConfigurationException(List.of(Problem.of(
                ProblemCode.CONFLICTING_VALUES,
                url.name(),
                url.name() + " names another database than " + other + ".",
                List.of(url.origin(), host),
                List.of("Remove " + url.name() + ", which Wellhead does not read."))));
    }

    private String message() {
        return "Spring Boot's properties of a data source have no effect, because Wellhead opens the database: "
                + String.join("; ", described()) + ".";
    }

    private List<String> described() {
        return set.entrySet().stream()
                .map(entry -> entry.getValue().name() + " ("
                        + entry.getValue().origin().description() + "): "
                        + SpringDataSourceNames.instead(entry.getKey()))
                .toList();
    }

    private List<String> renamed() {
        return set.entrySet().stream()
                .map(entry -> entry.getValue().name() + ": " + SpringDataSourceNames.instead(entry.getKey()))
                .toList();
    }

    private PropertyNames.Found first() {
        return set.values().iterator().next();
    }

    private boolean namesSameDatabase(PropertyNames.Found url, DatabaseSettings settings) {
        String text;
        try {
            Object value = url.source().getProperty(url.name());
            text = environment.resolveRequiredPlaceholders(String.valueOf(value));
            // parameters name neither the server nor the database, and Wellhead rejects some of them
            int parameters = text.indexOf('?');
            text = parameters < 0 ? text : text.substring(0, parameters);
            DatabaseSettings other = Databases.resolve(Map.of("DATABASE_URL", text));
            return other.hosts().equals(settings.hosts())
                    && (other.databaseName().equals(settings.databaseName())
                            || settings.databaseName().isEmpty());
        } catch (IllegalArgumentException | ConfigurationException e) {
            // another kind of database, or a placeholder without a value
            return false;
        }
    }

    private boolean isSet(PropertyNames.Found found) {
        Object value = found.source().getProperty(found.name());
        return value != null
                && !environment.resolvePlaceholders(value.toString()).isBlank();
    }

    private static @Nullable String canonical(PropertyNames.Found found) {
        if (found.isVariable()) {
            String name = found.name();
            return name.startsWith(VARIABLES)
                    ? name.substring(VARIABLES.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '.')
                    : null;
        }
        return found.name().startsWith(PREFIX) ? found.name().substring(PREFIX.length()) : null;
    }
}
