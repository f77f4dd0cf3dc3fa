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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

    private final ObservedDatabases databases;
    private final ShownValues values;
    private final Show showValues;

    DatabaseEndpoint(ObservedDatabases databases, ShownValues values, Show showValues) {
        this.databases = databases;
        this.values = values;
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
        // Actuator also calls this for HTTP requests without a JSON body, so the user is not known
        return refresh(name, showValues == Show.ALWAYS);
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
        return values.areAllShown(database) ? "" : ShownValues.HIDDEN;
    }

    private DatabaseDescription describe(Database database, boolean unsanitized) {
        String block = ShownValues.block(database);
        boolean arePlacesShown = unsanitized;
        for (Setting<?> place : PLACES) {
            Optional<ResolvedSetting> setting = database.settings().explain(place);
            arePlacesShown &= setting.isEmpty()
                    || values.isShown(block + place.name(), setting.get().value());
        }
        Map<String, SettingDescription> settings = new TreeMap<>();
        for (ResolvedSetting setting : database.settings().all()) {
            String key = block + setting.name();
            List<Overridden> overridden = new ArrayList<>();
            for (ResolvedSetting.Shadowed shadowed : setting.shadowed()) {
                boolean isOriginShown = arePlacesShown && values.isShown(key, shadowed.value());
                overridden.add(new Overridden(
                        values.shown(key, shadowed.value(), unsanitized), shown(shadowed.origin(), isOriginShown)));
            }
            boolean isOriginShown = arePlacesShown && values.isShown(key, setting.value());
            settings.put(
                    setting.name(),
                    new SettingDescription(
                            values.shown(key, setting.value(), unsanitized),
                            shown(setting.origin(), isOriginShown),
                            overridden));
        }
        return new DatabaseDescription(
                database.settings().environment().name(),
                settings,
                // they may contain values, such as the host
                unsanitized && values.areAllShown(database)
                        ? database.settings().warnings()
                        : List.of());
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
