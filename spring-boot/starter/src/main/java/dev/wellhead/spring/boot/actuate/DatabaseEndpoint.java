package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 * of the credentials. Values are shown as {@code management.endpoint.database.show-values} allows, also those that an origin or a
 * failure quotes; sensitive ones never. Thread-safe.
 */
@Endpoint(id = "database")
public class DatabaseEndpoint {

    /** Settings whose values the origins of other settings quote. */
    private static final List<Setting<?>> PLACES =
            List.of(Settings.SECRET_ID, Settings.SECRET_FILE, Settings.PASSWORD_FILE, Settings.PASSFILE);

    private static final Set<String> SENSITIVE = Settings.all().stream()
            .filter(Setting::isSensitive)
            .map(Setting::name)
            .collect(Collectors.toUnmodifiableSet());

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
        return refresh(name, showValues.isShown(true));
    }

    @Nullable
    CredentialsRefresh refresh(String name, boolean unsanitized) {
        Database database = databases.all().get(name);
        return database == null ? null : CredentialsRefresh.of(database, reasonToHide(database, unsanitized));
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

    private String reasonToHide(Database database, boolean unsanitized) {
        if (!unsanitized) {
            return "Set management.endpoint.database.show-values to see the reason.";
        }
        return areAllShown(database) ? "" : "The reason is not shown, because a SanitizingFunction hides a setting.";
    }

    private DatabaseDescription describe(Database database, boolean unsanitized) {
        String block = block(database);
        boolean arePlacesShown = unsanitized;
        for (Setting<?> place : PLACES) {
            Optional<ResolvedSetting> setting = database.settings().explain(place);
            arePlacesShown &= setting.isEmpty()
                    || isShown(block + place.name(), setting.get().value());
        }
        Map<String, SettingDescription> settings = new TreeMap<>();
        for (ResolvedSetting setting : database.settings().all()) {
            String key = block + setting.name();
            List<Overridden> overridden = new ArrayList<>();
            for (ResolvedSetting.Shadowed shadowed : setting.shadowed()) {
                boolean isOriginShown = arePlacesShown && isShown(key, shadowed.value());
                overridden.add(new Overridden(
                        shown(key, shadowed.value(), unsanitized), shown(shadowed.origin(), isOriginShown)));
            }
            boolean isOriginShown = arePlacesShown && isShown(key, setting.value());
            settings.put(
                    setting.name(),
                    new SettingDescription(
                            shown(key, setting.value(), unsanitized),
                            shown(setting.origin(), isOriginShown),
                            overridden));
        }
        return new DatabaseDescription(
                database.settings().environment().name(),
                settings,
                // they may contain values, such as the host
                unsanitized && areAllShown(database) ? database.settings().warnings() : List.of());
    }

    /** {@return the beginning of the keys of a database's settings} */
    private static String block(Database database) {
        return "wellhead.databases." + database.settings().name() + '.';
    }

    /** {@return whether no sanitizing function hides a setting, so that sentences that quote any of them may be shown} */
    private boolean areAllShown(Database database) {
        String block = block(database);
        return database.settings().all().stream()
                // no sentence quotes a sensitive value
                .filter(setting -> !SENSITIVE.contains(setting.name()))
                .allMatch(setting -> isShown(block + setting.name(), setting.value())
                        && setting.shadowed().stream()
                                .allMatch(shadowed -> isShown(block + setting.name(), shadowed.value())));
    }

    private @Nullable String shown(String key, String value, boolean unsanitized) {
        Object shown = sanitizer.sanitize(new SanitizableData(null, key, value), unsanitized);
        return shown == null ? null : shown.toString();
    }

    /** {@return whether no sanitizing function hides the value} */
    private boolean isShown(String key, String value) {
        return value.equals(shown(key, value, true));
    }

    private static String shown(Origin origin, boolean isShown) {
        return isShown ? origin.description() : ShownOrigin.withoutValues(origin);
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
     * @param warnings conditions that are allowed but not recommended; none if a value is hidden, because they may contain it
     */
    public record DatabaseDescription(
            String environment, Map<String, SettingDescription> settings, List<String> warnings) {}

    /**
     * One setting.
     *
     * @param value the value, or the replacement of the sanitizing function
     * @param origin where the value came from; without names of secrets and paths of files if values are hidden
     * @param overridden the values that it overrides, the strongest first
     */
    public record SettingDescription(@Nullable String value, String origin, List<Overridden> overridden) {}

    /**
     * A value that was overridden.
     *
     * @param value the value, or the replacement of the sanitizing function
     * @param origin where the value came from; without names of secrets and paths of files if values are hidden
     */
    public record Overridden(@Nullable String value, String origin) {}
}
