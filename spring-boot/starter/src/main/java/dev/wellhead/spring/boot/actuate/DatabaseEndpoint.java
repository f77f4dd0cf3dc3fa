package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.settings.ResolvedSetting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The Actuator endpoint {@code database}: the settings of every database with their origins, and, as a write operation, a refresh
 * of the credentials. Values are shown as {@code management.endpoint.database.show-values} allows; sensitive ones never.
 * Thread-safe.
 */
@Endpoint(id = "database")
public class DatabaseEndpoint {

    private final ObservedDatabases databases;
    private final Sanitizer sanitizer;
    private final Show showValues;

    DatabaseEndpoint(ObservedDatabases databases, Iterable<SanitizingFunction> sanitizing, Show showValues) {
        this.databases = databases;
        this.sanitizer = new Sanitizer(sanitizing);
        this.showValues = showValues;
    }

    /** {@return the settings of every database} */
    @ReadOperation
    public DatabasesDescription databases() {
        return describe(showValues.isShown(true));
    }

    /** {@return the settings of one database; null if there is none of this name} */
    @ReadOperation
    public @Nullable DatabaseDescription database(@Selector String name) {
        return describe(name, showValues.isShown(true));
    }

    /** Refreshes the credentials of one database. Blocks for at most connectionTimeout for each of its pools. */
    @WriteOperation
    public @Nullable CredentialsRefresh refresh(@Selector String name) {
        Database database = databases.all().get(name);
        return database == null ? null : CredentialsRefresh.of(database);
    }

    DatabasesDescription describe(boolean unsanitized) {
        Map<String, DatabaseDescription> all = new TreeMap<>();
        databases.all().forEach((name, database) -> all.put(name, describe(database, unsanitized)));
        return new DatabasesDescription(all);
    }

    @Nullable
    DatabaseDescription describe(String name, boolean unsanitized) {
        Database database = databases.all().get(name);
        return database == null ? null : describe(database, unsanitized);
    }

    private DatabaseDescription describe(Database database, boolean unsanitized) {
        Map<String, SettingDescription> settings = new TreeMap<>();
        for (ResolvedSetting setting : database.settings().all()) {
            String key = "wellhead.databases." + database.settings().name() + '.' + setting.name();
            List<Overridden> overridden = setting.shadowed().stream()
                    .map(shadowed -> new Overridden(
                            shown(key, shadowed.value(), unsanitized),
                            shadowed.origin().description()))
                    .toList();
            settings.put(
                    setting.name(),
                    new SettingDescription(
                            shown(key, setting.value(), unsanitized),
                            setting.origin().description(),
                            overridden));
        }
        return new DatabaseDescription(
                database.settings().environment().name(),
                settings,
                // they may contain values, such as the host
                unsanitized ? database.settings().warnings() : List.of());
    }

    private @Nullable String shown(String key, String value, boolean unsanitized) {
        Object shown = sanitizer.sanitize(new SanitizableData(null, key, value), unsanitized);
        return shown == null ? null : shown.toString();
    }

    /**
     * The settings of all databases.
     *
     * @param databases by name
     */
    public record DatabasesDescription(Map<String, DatabaseDescription> databases) {}

    /**
     * The settings of one database.
     *
     * @param environment the environment of the process
     * @param settings every setting that has a value, by its name
     * @param warnings conditions that are allowed but not recommended; none if values are hidden, because they may contain values
     */
    public record DatabaseDescription(
            String environment, Map<String, SettingDescription> settings, List<String> warnings) {}

    /**
     * One setting.
     *
     * @param value the value, or the replacement of the sanitizing function
     * @param origin where the value came from
     * @param overridden the values that it overrides, the strongest first
     */
    public record SettingDescription(@Nullable String value, String origin, List<Overridden> overridden) {}

    /**
     * A value that was overridden.
     *
     * @param value the value, or the replacement of the sanitizing function
     * @param origin where the value came from
     */
    public record Overridden(@Nullable String value, String origin) {}
}
