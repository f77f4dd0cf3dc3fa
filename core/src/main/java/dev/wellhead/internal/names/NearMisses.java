package dev.wellhead.internal.names;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.url.LibpqVariables;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Setting.ValueKind;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds variables that were probably meant for a database and that nothing reads. An unknown variable that starts with
 * {@code DB_} is a problem of {@link UnknownKeys}. The variables here may belong to another program, so they are only a
 * warning, and only if the value that they would set is missing.
 */
public final class NearMisses {

    private static final String ENVIRONMENT = "ENVIRONMENT";

    /** How the images of linuxserver.io name a variable whose value is in a file. */
    private static final String FILE_PREFIX = "FILE__";

    /** A name that differs by more letters is probably another word, such as {@code DB_ROOT_PASSWORD}. */
    static final int LARGEST_DISTANCE = 2;

    private final DatabaseName name;
    private final Map<String, String> variables;
    private final Map<String, String> environment;

    /** The variables of the environment only. */
    public NearMisses(DatabaseName name, Map<String, String> variables) {
        this(name, variables, variables);
    }

    /**
     * Variables that a framework found elsewhere, too.
     *
     * @param variables all variables
     * @param environment those of the environment, where libpq's variables are read
     */
    public NearMisses(DatabaseName name, Map<String, String> variables, Map<String, String> environment) {
        this.name = name;
        this.variables = variables;
        this.environment = environment;
    }

    /** {@return every variable that is set, that nothing reads, and that was probably meant for this database} */
    public List<NearMiss> all() {
        List<NearMiss> found = new ArrayList<>();
        for (String variable : new TreeSet<>(variables.keySet())) {
            String text = variables.getOrDefault(variable, "");
            if (!text.isBlank() && !ServiceLinks.isVariable(variable, text) && !isRead(variable)) {
                NearMiss nearMiss = nearMiss(variable, text);
                if (nearMiss != null) {
                    found.add(nearMiss);
                }
            }
        }
        return List.copyOf(found);
    }

    /** {@return whether the variable is read for this database, or is a problem because it would be} */
    private boolean isRead(String variable) {
        return variable.startsWith(name.start())
                || variable.equals(name.urlVariable())
                || variable.equals(name.urlVariable() + "_FILE")
                || variable.equals(ENVIRONMENT)
                || (isOfLibpq(variable) && environment.containsKey(variable));
    }

    private boolean isOfLibpq(String variable) {
        return isOfUnnamedDatabase() && LibpqVariables.isKnown(variable);
    }

    private @Nullable NearMiss nearMiss(String variable, String text) {
        if (!name.isUnnamed()) {
            NearMiss ofUnnamed = ofUnnamedDatabase(variable);
            if (ofUnnamed != null) {
                return isSet(ofUnnamed.suggestion()) || isSet(name.urlVariable()) ? null : ofUnnamed;
            }
        }
        if (isOfLibpq(variable)) {
            Setting<?> setting = LibpqVariables.setting(variable);
            return setting == null ? null : new NearMiss(variable, name.variable(setting), "", setting);
        }
        // some platforms write the names of variables like properties: spring.datasource.url
        String upper = variable.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        if (upper.startsWith(FILE_PREFIX)) {
            return ofFile(variable, upper.substring(FILE_PREFIX.length()));
        }
        if (!upper.startsWith(name.prefix())) {
            return similarPrefix(variable);
        }
        String bare = upper.substring(name.prefix().length());
        NearMiss foreign = foreign(variable, bare, text);
        return foreign == null ? similar(variable, bare, text) : foreign;
    }

    /** {@return the near miss of a variable that names a file, as some images read it; null if it names none} */
    private @Nullable NearMiss ofFile(String variable, String ofValue) {
        Setting<?> setting = ofValue.startsWith(name.prefix())
                ? ofVariable(ofValue.substring(name.prefix().length()))
                : null;
        if (setting == null) {
            return null;
        }
        boolean isPath = setting.kind() == ValueKind.FILE || setting.kind() == ValueKind.FILE_OR_PEM;
        return new NearMiss(variable, isPath ? ofValue : ofValue + "_FILE", "", setting);
    }

    private @Nullable NearMiss ofUnnamedDatabase(String variable) {
        if (variable.equals(name.catalogue().urlVariable())) {
            return new NearMiss(variable, name.urlVariable(), name.catalogue().noun(), Settings.HOST);
        }
        boolean isLibpqServer =
                name.catalogue().isOfDatabases() && (variable.equals("PGHOST") || variable.equals("PGSERVICE"));
        Setting<?> setting = isLibpqServer ? Settings.HOST : ofVariable(variable);
        return setting == null
                ? null
                : new NearMiss(
                        variable, name.variable(setting), name.catalogue().noun(), setting);
    }

    private boolean isOfUnnamedDatabase() {
        return name.isUnnamed() && name.catalogue().isOfDatabases();
    }

    private @Nullable Setting<?> ofVariable(String variable) {
        return name.catalogue().ofVariable(variable);
    }

    /** {@return the near miss, if the name of the database in the variable has a typing error; null otherwise} */
    private @Nullable NearMiss similarPrefix(String variable) {
        int end = endOfName(variable);
        if (end <= 0) {
            return null;
        }
        String meant = name.prefix() + variable.substring(end + 1);
        return isTypingErrorOf(variable, meant)
                ? new NearMiss(variable, meant, "", ofVariable(variable.substring(end + 1)))
                : null;
    }

    /** {@return the near miss, if the variable is one of another library or platform; null otherwise} */
    private @Nullable NearMiss foreign(String variable, String bare, String text) {
        String rest = ForeignFamilies.rest(bare, name.catalogue().families());
        if (rest == null) {
            return null;
        }
        if (ForeignNames.isUrl(rest)) {
            return ForeignFamilies.mayBeUrl(text, name.catalogue())
                    ? new NearMiss(variable, name.urlVariable(), "", Settings.HOST)
                    : null;
        }
        boolean isOurWord = ForeignFamilies.isComplete(bare) || bare.endsWith("_" + rest);
        Setting<?> setting = isOurWord ? ofVariable(name.catalogue().prefix() + rest) : null;
        Setting<?> meant = setting == null ? ForeignNames.renamed(rest, name.catalogue()) : setting;
        if (meant == null) {
            String answer = ForeignNames.answer(rest, name.catalogue());
            List<Setting<?>> settings = answer == null ? List.of() : ForeignNames.settingsIn(answer);
            meant = settings.size() == 1 ? settings.get(0) : null;
        }
        return meant == null ? null : new NearMiss(variable, name.variable(meant), "", meant);
    }

    private @Nullable NearMiss similar(String variable, String bare, String text) {
        if (bare.startsWith("PG") && name.catalogue().isOfDatabases()) {
            String nearest = name.isUnnamed() ? LibpqVariables.nearest(bare, LARGEST_DISTANCE) : null;
            return nearest == null ? null : new NearMiss(variable, nearest, "", LibpqVariables.setting(nearest));
        }
        if (isTypingErrorOf(bare, name.catalogue().urlVariable())) {
            return ForeignFamilies.mayBeUrl(text, name.catalogue())
                    ? new NearMiss(variable, name.urlVariable(), "", Settings.HOST)
                    : null;
        }
        if (name.isUnnamed() && isTypingErrorOf(bare, ENVIRONMENT)) {
            return new NearMiss(variable, ENVIRONMENT, "", null);
        }
        if (name.catalogue().isOfDatabases() && !mayStartWithDb(bare)) {
            return null;
        }
        for (Setting<?> setting : name.catalogue().settings()) {
            if (isTypingErrorOf(bare, name.catalogue().definition(setting).variable())) {
                return new NearMiss(variable, name.variable(setting), "", setting);
            }
        }
        return null;
    }

    /** {@return whether the names differ by at most two letters, and the typed one has no digit} */
    public static boolean isTypingErrorOf(String typed, String known) {
        return Math.abs(typed.length() - known.length()) <= LARGEST_DISTANCE
                && !hasDigit(typed)
                && Suggestions.distance(typed, known) <= LARGEST_DISTANCE;
    }

    /** {@return whether DB is there, with a typing error in it at most} Another letter makes it another program. */
    private static boolean mayStartWithDb(String bare) {
        int separator = bare.indexOf('_');
        String first = separator < 0 ? bare : bare.substring(0, separator);
        return first.equals("DB")
                || first.equals("BD")
                || first.equals("DDB")
                || first.equals("DBB")
                || bare.startsWith("D_B_")
                || (first.length() > 3 && (first.startsWith("DB") || first.startsWith("BD")));
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /**
     * Reports a variable of a database whose name is similar to the name of this one. This is a problem in every
     * environment: a default must not replace a server whose variable was misspelt.
     */
    public void reportSimilarName(Problems problems) {
        Map<String, String> others = new TreeMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String key = variable.getKey();
            int end = endOfName(key);
            if (end > 0 && !variable.getValue().isBlank()) {
                others.putIfAbsent(key.substring(0, end), key);
            }
        }
        String own = name.prefix().substring(0, name.prefix().length() - 1);
        Optional<String> nearest = Suggestions.nearest(own, others.keySet());
        if (nearest.isEmpty() || nearest.get().equals(own)) {
            return;
        }
        String found = others.getOrDefault(nearest.get(), nearest.get());
        String meant = own + found.substring(nearest.get().length());
        problems.add(
                ProblemCode.NEAR_MISS,
                meant,
                "Nothing is set for " + name.catalogue().noun() + " '" + name.value() + "', but " + found + " is set.",
                Origin.Variable.of(found),
                "Did you mean " + meant + "?",
                "If " + found + " belongs to another " + name.catalogue().noun() + ", also set "
                        + name.variable(Settings.HOST) + ".");
    }

    /** {@return the end of the database's name in a variable; -1 if it is not a variable of a named database} */
    private int endOfName(String key) {
        String url = name.catalogue().urlVariable();
        if (key.endsWith("_" + url)) {
            return key.length() - url.length() - 1;
        }
        int at = key.indexOf("_" + name.catalogue().prefix());
        return at > 0 && ofVariable(key.substring(at + 1)) != null ? at : -1;
    }

    private boolean isSet(String variable) {
        String text = variables.get(variable);
        return text != null && !text.isBlank();
    }
}
