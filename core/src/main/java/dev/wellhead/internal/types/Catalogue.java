package dev.wellhead.internal.types;

import dev.wellhead.internal.definitions.HiddenConstructors;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ResolvedSetting;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one kind of service, and their names in every source. The engine resolves every catalogue by the same
 * rules. A setting with the meaning of one of a database, such as the host, is that setting in every catalogue, so that the
 * rules for it apply; {@code definitions} has its variable, its bounds and its defaults. Immutable.
 *
 * @param title what cannot be opened, for messages: {@code the database}
 * @param noun the kind of service, for messages: {@code database}
 * @param prefix the start of the variables: {@code DB_}
 * @param urlVariable the variable of the URL: {@code DATABASE_URL}
 * @param block the path of the blocks in {@code application.conf}: {@code wellhead.databases}
 * @param settings every setting, in the order of the documentation
 * @param definitions the definitions of settings; one that is missing defines itself
 * @param clientName the setting with the name of this program
 * @param schemes the start of each URL, with the SSL mode that it requires, if any
 * @param acceptedUrls the URLs, for messages
 * @param parameters the parts and parameters of a URL, if they are not those of libpq, and other names of settings
 * @param words what the schemes of other programs' URLs, and the field {@code engine} of a secret, contain
 * @param families the start of the variables of other programs, without a separator; empty for those of databases
 * @param check adds problems of values that do not go together
 */
public record Catalogue(
        String title,
        String noun,
        String prefix,
        String urlVariable,
        String block,
        List<Setting<?>> settings,
        Map<Setting<?>, Setting<?>> definitions,
        Setting<String> clientName,
        Map<String, String> schemes,
        String acceptedUrls,
        Map<String, Setting<?>> parameters,
        List<String> words,
        List<String> families,
        @Nullable Check check) {

    /** The keys below {@code wellhead} in {@code application.conf} that one of the catalogues reads. */
    public static final List<String> BLOCKS = List.of("databases", "redis");

    /** The catalogue of databases. */
    public static final Catalogue DATABASES = new Catalogue(
            "the database",
            "database",
            "DB_",
            "DATABASE_URL",
            "wellhead.databases",
            Settings.all(),
            Map.of(),
            Settings.APPLICATION_NAME,
            Map.of("postgresql://", "", "postgres://", "", "jdbc:postgresql:", ""),
            "postgresql:// and jdbc:postgresql:// URLs",
            Map.of(),
            List.of("postgres", "pgsql"),
            List.of(),
            null);

    /** Checks values. The function returns the strongest value of a setting if it is valid, or else null. */
    public interface Check {
        void run(DatabaseName name, Function<Setting<?>, @Nullable RawValue> winner, Problems problems);
    }

    /** {@return whether libpq's sources, the driver, migrations, pools and the negotiation of TLS are supported} */
    public boolean isOfDatabases() {
        return families.isEmpty();
    }

    /** {@return the setting with this name; null if there is none} */
    public @Nullable Setting<?> named(String name) {
        for (Setting<?> setting : settings) {
            if (setting.name().equals(name)) {
                return setting;
            }
        }
        return null;
    }

    /** {@return the setting of the database on the server: its name or its number} */
    public @Nullable Setting<?> databaseOfServer() {
        return isOfDatabases() ? Settings.NAME : named("database");
    }

    /** {@return the setting with this variable of the unnamed service; null if there is none} */
    public @Nullable Setting<?> ofVariable(String variable) {
        for (Setting<?> setting : variable.startsWith(prefix) ? settings : List.<Setting<?>>of()) {
            if (definition(setting).variable().equals(variable)) {
                return setting;
            }
        }
        return null;
    }

    /** {@return the definition of a setting: its variable, type, bounds and defaults} */
    @SuppressWarnings("unchecked") // a definition has the type of its setting
    public <T> Setting<T> definition(Setting<T> setting) {
        return definitions.isEmpty() ? setting : (Setting<T>) definitions.getOrDefault(setting, setting);
    }

    /** {@return whether the text, in lower case, contains a word for this kind of service} */
    public boolean isNamedIn(String lowerCase) {
        return words.stream().anyMatch(lowerCase::contains);
    }

    /** {@return an exception that names what cannot be opened} */
    public ConfigurationException failure(List<Problem> problems, List<ResolvedSetting> resolved) {
        return isOfDatabases()
                ? new ConfigurationException(problems, resolved)
                : (ConfigurationException) HiddenConstructors.get().failure(title, problems, resolved);
    }
}
