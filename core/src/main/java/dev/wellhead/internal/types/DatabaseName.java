package dev.wellhead.internal.types;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a database, and the keys that are derived from it.
 *
 * @param value the name that the database is opened by; {@code default} for the unnamed one
 * @param ofMigrations the settings that have a variable of their own for migrations; empty unless the database is migrated
 */
public record DatabaseName(String value, Set<Setting<?>> ofMigrations) {

    /** The name of the unnamed database. */
    public static final String UNNAMED = "default";

    private static final String SYNTAX = "Use letters a to z, digits, _ and -, such as ledger or ledger-eu.";

    /** The name of a database that is not migrated. */
    public DatabaseName(String value) {
        this(value, Set.of());
    }

    /** {@return the same name, with other variables for the settings that are replaced while it is migrated} */
    public DatabaseName forMigrations(Set<Setting<?>> replaced) {
        return new DatabaseName(value, Set.copyOf(replaced));
    }

    /** {@return whether the variables are those of migrations} */
    public boolean isForMigrations() {
        return !ofMigrations.isEmpty();
    }

    /** {@return the name} A problem is added if it is not valid. */
    public static DatabaseName of(String value, Problems problems) {
        if (value.isBlank()) {
            problems.add(ProblemCode.INVALID_NAME, "name", "The name of the database is blank.", List.of(), SYNTAX);
        } else if (!isValid(value)) {
            String shown = SafeText.quoted(value);
            problems.add(
                    ProblemCode.INVALID_NAME,
                    "name",
                    shown.isEmpty()
                            ? "The name of the database has characters a name cannot have."
                            : "The name of the database is " + shown + ", which has characters a name cannot have.",
                    List.of(),
                    SYNTAX);
        }
        return new DatabaseName(value);
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

    /** {@return the prefix of its variables before {@code DB_}: {@code ""} or {@code "LEDGER_"}} */
    public String prefix() {
        return isUnnamed() ? "" : value.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
    }

    /**
     * {@return the variable of a setting, such as {@code LEDGER_DB_HOST}; if migrations have a value of their own for it,
     * the variable of that, such as {@code LEDGER_DB_MIGRATION_USER}}
     */
    public String variable(Setting<?> setting) {
        return prefix() + (ofMigrations.contains(setting) ? MigrationSettings.replacing(setting) : setting).variable();
    }

    /** {@return the variable of the URL, such as {@code LEDGER_DATABASE_URL}} */
    public String urlVariable() {
        return prefix() + "DATABASE_URL";
    }

    /**
     * {@return the path of its block in {@code application.conf}, which is also the prefix of its system properties}
     */
    public String block() {
        return "wellhead.databases." + value;
    }
}
