package dev.wellhead.internal.types;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a database or of another service, and the keys that are derived from it.
 *
 * @param value the name that the database is opened by; {@code default} for the unnamed one
 * @param catalogue the kind of service that has this name
 * @param ofMigrations the settings that have a variable of their own for migrations; empty unless the database is migrated
 */
public record DatabaseName(String value, Catalogue catalogue, Set<Setting<?>> ofMigrations) {

    /** The name of the unnamed database. */
    public static final String UNNAMED = "default";

    private static final String SYNTAX = "Use letters a to z, digits, _ and -, such as ledger or ledger-eu.";

    /** The name of a database that is not migrated. */
    public DatabaseName(String value, Catalogue catalogue) {
        this(value, catalogue, Set.of());
    }

    /** {@return the same name, with other variables for the settings that are replaced while it is migrated} */
    public DatabaseName forMigrations(Set<Setting<?>> replaced) {
        return new DatabaseName(value, catalogue, Set.copyOf(replaced));
    }

    /** {@return whether the variables are those of migrations} */
    public boolean isForMigrations() {
        return !ofMigrations.isEmpty();
    }

    /** {@return the name} A problem is added if it is not valid. */
    public static DatabaseName of(String value, Catalogue catalogue, Problems problems) {
        String ofService = "The name of the " + catalogue.noun() + " is ";
        if (value.isBlank()) {
            problems.add(ProblemCode.INVALID_NAME, "name", ofService + "blank.", List.of(), SYNTAX);
        } else if (!isValid(value)) {
            String shown = SafeText.quoted(value);
            problems.add(
                    ProblemCode.INVALID_NAME,
                    "name",
                    shown.isEmpty()
                            ? "The name of the " + catalogue.noun() + " has characters a name cannot have."
                            : ofService + shown + ", which has characters a name cannot have.",
                    List.of(),
                    SYNTAX);
        }
        return new DatabaseName(value, catalogue);
    }

    /** {@return whether a text can be the name of a database} */
    public static boolean isValid(String value) {
        if (value.isBlank()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (!letterOrDigit && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    public boolean isUnnamed() {
        return value.equals(UNNAMED);
    }

    /** {@return the start of the variables of its settings: {@code "DB_"} or {@code "LEDGER_DB_"}} */
    public String start() {
        return prefix() + catalogue.prefix();
    }

    /** {@return the prefix of its variables before {@code DB_}: {@code ""} or {@code "LEDGER_"}} */
    public String prefix() {
        return isUnnamed() ? "" : value.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
    }

    /**
     * {@return the variable of a setting, such as {@code LEDGER_DB_HOST}; if migrations have a value of their own for it,
     * the variable of that, such as {@code LEDGER_DB_MIGRATION_USER}}
     */
    public String variable(Setting<?> setting) {
        Setting<?> replacing = ofMigrations.contains(setting) ? MigrationSettings.replacing(setting) : setting;
        return prefix() + catalogue.definition(replacing).variable();
    }

    /** {@return the variable of the URL, such as {@code LEDGER_DATABASE_URL}} */
    public String urlVariable() {
        return prefix() + catalogue.urlVariable();
    }

    /** {@return a sentence about the URLs that the variable can have} */
    public String acceptedUrls() {
        return urlVariable() + " accepts " + catalogue.acceptedUrls() + ".";
    }

    /**
     * {@return the path of its block in {@code application.conf}, which is also the prefix of its system properties}
     */
    public String block() {
        return catalogue.block() + "." + value;
    }
}
