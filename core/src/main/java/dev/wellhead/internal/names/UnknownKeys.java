package dev.wellhead.internal.names;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports keys that are not settings, with the setting that was probably meant. A missing value of that setting is then
 * not a second problem.
 */
public final class UnknownKeys {

    private static final List<Setting<?>> PARTS_OF_A_URL =
            List.of(Settings.HOST, Settings.NAME, Settings.USER, Settings.PASSWORD);

    private static final String FILE = "_FILE";

    /** May also be the user postgres, whose password is another one. */
    private static final String SUPERUSER = "POSTGRES_";

    /** What other programs write between {@code DB_} and a name: {@code DB_POSTGRESDB_HOST}, {@code DB_URL_HOST}. */
    private static final List<String> WORDS =
            List.of("POSTGRESDB_", "POSTGRESQL_", "PGSQL_", "PG_", "URL_", "JDBC_", SUPERUSER);

    private final DatabaseName name;
    private final Problems problems;
    private final boolean areVariables;

    /** The key of the connection URL; empty if the source has none. */
    private final String urlKey;

    /** @param areVariables whether the keys are environment variables, and not paths such as the keys of a file */
    public UnknownKeys(DatabaseName name, Problems problems, boolean areVariables) {
        this(name, problems, areVariables, areVariables ? name.urlVariable() : "");
    }

    private UnknownKeys(DatabaseName name, Problems problems, boolean areVariables, String urlKey) {
        this.name = name;
        this.problems = problems;
        this.areVariables = areVariables;
        this.urlKey = urlKey;
    }

    /** {@return the unknown keys of a framework, whose properties have a key for the connection URL} */
    public static UnknownKeys ofFramework(DatabaseName name, Problems problems) {
        return new UnknownKeys(name, problems, false, name.block() + ".url");
    }

    /**
     * Adds a problem.
     *
     * @param key the key as the user typed it, or a safe description of it
     * @param bare the part that should be the name of a setting: {@code HOTS} of {@code LEDGER_DB_HOTS}
     * @param text the start of the message, such as {@code DB_HOTS}
     */
    public void report(String key, String bare, String text, Origin origin) {
        problems.add(ProblemCode.UNKNOWN_SETTING, key, text + " is not a setting.", origin, fix(bare));
    }

    private String fix(String bare) {
        if (ForeignNames.isUrl(bare)) {
            PARTS_OF_A_URL.forEach(problems::addMisspelt);
            return !urlKey.isEmpty()
                    ? "Set " + urlKey + "; it accepts " + name.catalogue().acceptedUrls() + "."
                    : "A URL is read only from the environment variable " + name.urlVariable()
                            + ". Here, set host, port, "
                            + (name.catalogue().isOfDatabases() ? "name" : "database") + ", user and password.";
        }
        String answer = ForeignNames.answer(bare, name.catalogue());
        if (answer != null) {
            return spelled(answer);
        }
        if (areVariables && bare.endsWith(FILE)) {
            return fixOfFile(bare);
        }
        Setting<?> renamed = renamed(bare);
        Setting<?> meant = renamed == null ? similar(bare) : renamed;
        if (meant == null) {
            String driver = areVariables ? similarDriverVariable(bare) : "";
            return driver.isEmpty() ? otherwise(bare) : "Did you mean " + driver + "?";
        }
        problems.addMisspelt(meant);
        return renamed == null ? "Did you mean " + spelling(meant) + "?" : "Set " + spelling(meant) + ".";
    }

    /** {@return the setting with this foreign name, with or without a word before it; null if there is none} */
    private @Nullable Setting<?> renamed(String bare) {
        for (String word : WORDS) {
            Setting<?> setting = bare.startsWith(word) ? ofRest(bare.substring(word.length())) : null;
            if (setting != null) {
                return setting.isSensitive() && word.equals(SUPERUSER) ? null : setting;
            }
        }
        return ForeignNames.renamed(bare, name.catalogue());
    }

    private @Nullable Setting<?> ofRest(String rest) {
        Setting<?> setting = name.catalogue().ofVariable(name.catalogue().prefix() + rest);
        return setting == null ? ForeignNames.renamed(rest, name.catalogue()) : setting;
    }

    /** {@return the fix for a variable that names a file with the value of a setting} */
    private String fixOfFile(String bare) {
        String withoutFile = bare.substring(0, bare.length() - FILE.length());
        Setting<?> renamed = renamed(withoutFile);
        Setting<?> meant = renamed == null ? similar(withoutFile) : renamed;
        if (meant == null) {
            return otherwise(bare);
        }
        problems.addMisspelt(meant);
        boolean isPath = meant.kind() == ValueKind.FILE || meant.kind() == ValueKind.FILE_OR_PEM;
        return "Set " + spelling(meant) + (isPath ? "." : FILE + ".");
    }

    /** {@return the variable of a driver property with a similar name; empty if there is none} */
    private String similarDriverVariable(String bare) {
        return bare.startsWith("DRIVER_") && name.catalogue().isOfDatabases()
                ? Suggestions.nearest("DB_" + bare, DriverKeys.variables())
                        .map(variable -> name.prefix() + variable)
                        .orElse("")
                : "";
    }

    private String otherwise(String bare) {
        String plain = Suggestions.plain(bare);
        if (name.catalogue().isOfDatabases()
                && plain.length() > Settings.HOST.name().length()
                && withoutNumber(plain).equals(Settings.HOST.name())) {
            problems.addMisspelt(Settings.HOST);
            return "Set " + spelling(Settings.HOST) + " to all hosts, separated by commas.";
        }
        String ofUrl = name.catalogue().urlVariable();
        String prefix = name.catalogue().prefix();
        // the URL of a database has another prefix than its settings
        if (areVariables
                && ofUrl.startsWith(prefix)
                && Suggestions.distance(plain, Suggestions.plain(ofUrl.substring(prefix.length()))) == 1) {
            problems.addMisspelt(Settings.HOST);
            return "Did you mean " + name.urlVariable() + "?";
        }
        return areVariables
                ? "Remove it, or rename it if another program reads it: names that start with " + name.start()
                        + " are reserved for this " + name.catalogue().noun() + "."
                : "Remove it; the settings are listed in docs/"
                        + (name.catalogue().isOfDatabases() ? "settings.md." : "redis.md.");
    }

    /** {@return the answer with the names of the settings as the user would type them} */
    private String spelled(String answer) {
        String text = answer;
        for (Setting<?> setting : ForeignNames.settingsIn(answer)) {
            problems.addMisspelt(setting);
            text = text.replace("{" + setting.name() + "}", spelling(setting));
        }
        return text;
    }

    private String spelling(Setting<?> setting) {
        return areVariables ? name.variable(setting) : name.block() + "." + setting.name();
    }

    /** {@return the setting whose name is most similar; null if none is similar enough} */
    private @Nullable Setting<?> similar(String bare) {
        String plain = Suggestions.plain(bare);
        if (!plain.equals(withoutNumber(plain))) {
            // a number is not a typing error: DB_HOST_2 is another host
            return null;
        }
        List<String> names = new ArrayList<>();
        for (Setting<?> setting : name.catalogue().settings()) {
            names.add(setting.name());
        }
        String nearest = Suggestions.nearest(bare, names).orElse("");
        Setting<?> setting = name.catalogue().named(nearest);
        if (setting == null) {
            return null;
        }
        // a separate word in front of a password makes it another password
        String typed = setting.isSensitive() ? bare.toLowerCase(Locale.ROOT) : plain;
        return Suggestions.distance(typed, Suggestions.plain(nearest)) <= NearMisses.LARGEST_DISTANCE ? setting : null;
    }

    private static String withoutNumber(String plain) {
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) >= '0' && plain.charAt(end - 1) <= '9') {
            end--;
        }
        return plain.substring(0, end);
    }
}
