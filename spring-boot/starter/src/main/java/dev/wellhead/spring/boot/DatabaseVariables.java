package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Catalogue;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of one database: {@code DATABASE_URL}, {@code DB_*}, or those with the prefix of a named database. */
final class DatabaseVariables {

    private static final String URL = "url";
    private static final String DRIVER = "DB_DRIVER_";

    /** Ends the name of a variable that names a file with the value. */
    static final String FILE = "_FILE";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final DatabaseName name;

    DatabaseVariables(String database) {
        this.name = new DatabaseName(database, Catalogue.DATABASES);
    }

    /** {@return whether the text may be the name of a variable; most properties have dots or hyphens} */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@return the path of the property that a variable, or the file that it names, corresponds to; null if it sets no setting of the database} */
    @Nullable
    String path(String variable) {
        if (variable.equals(name.urlVariable())) {
            return URL;
        }
        if (variable.startsWith(name.prefix() + DRIVER)) {
            return "driver." + variable.substring(name.prefix().length() + DRIVER.length());
        }
        for (Setting<?> setting : Settings.all()) {
            if (variable.equals(name.variable(setting))) {
                return setting.name();
            }
        }
        return variable.endsWith(FILE) ? path(variable.substring(0, variable.length() - FILE.length())) : null;
    }

    /** {@return whether a variable overrides the property with this path, so that its placeholders do not matter} */
    boolean isSet(String path, Map<String, String> variables) {
        if (path.equals(URL)) {
            return isSetItself(name.urlVariable(), variables);
        }
        for (Setting<?> setting : Settings.all()) {
            if (Suggestions.plain(setting.name()).equals(Suggestions.plain(path))) {
                return isSetItself(name.variable(setting), variables);
            }
        }
        return false;
    }

    /** {@return whether the variable, or that of a file with its value, has a value} A blank variable counts as not set. */
    private static boolean isSetItself(String variable, Map<String, String> variables) {
        return !variables.getOrDefault(variable, "").isBlank()
                || !variables.getOrDefault(variable + FILE, "").isBlank();
    }
}
