package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds variables that are probably misspelt. Unknown variables that start with {@code DB_} are problems of
 * {@link ForeignVariables}; other variables may belong to another program, so they are reported only if no host is set,
 * or when the user runs {@code explain} or {@code doctor}.
 */
public final class NearMisses {

    private static final String URL = "DATABASE_URL";

    /** Variables of libpq that are not parameters. */
    private static final List<String> LIBPQ_FILES = List.of("PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR");

    /** Variables of libpq's programs and of the server, which are similar to libpq's parameters. */
    private static final Set<String> OTHER_PROGRAMS = Set.of("PGDATA", "PGLOCALEDIR", "PGCLUSTER", "PGTZ");

    /** A variable that differs by more letters is another word. */
    private static final int LARGEST_DISTANCE = 2;

    private final DatabaseName name;
    private final Map<String, String> variables;

    public NearMisses(DatabaseName name, Map<String, String> variables) {
        this.name = name;
        this.variables = variables;
    }

    /** {@return every variable that is set, that nothing reads, and that is similar to a variable of this database} */
    public List<NearMiss> all() {
        Set<String> known = new TreeSet<>(List.of(name.urlVariable(), Environments.VARIABLE));
        Set<String> unnamed = new HashSet<>(List.of(URL));
        for (Setting<?> setting : Settings.all()) {
            known.add(name.variable(setting));
            unnamed.add(setting.variable());
        }
        Set<String> libpq = new TreeSet<>(LIBPQ_FILES);
        libpq.addAll(LibpqVariables.names());
        List<NearMiss> found = new ArrayList<>();
        for (String variable : new TreeSet<>(variables.keySet())) {
            if (!isSet(variable) || known.contains(variable)) {
                continue;
            }
            if (!name.isUnnamed() && unnamed.contains(variable)) {
                if (!isSet(name.prefix() + variable)) {
                    found.add(new NearMiss(variable, name.prefix() + variable, true));
                }
            } else if (variable.startsWith("PG")) {
                if (name.isUnnamed() && !libpq.contains(variable) && !OTHER_PROGRAMS.contains(variable)) {
                    addIfSimilar(found, variable, libpq);
                }
            } else if (!variable.startsWith(name.prefix() + "DB_")) {
                addIfSimilar(found, variable, known);
            }
        }
        return found;
    }

    private static void addIfSimilar(List<NearMiss> found, String variable, Collection<String> known) {
        Optional<String> nearest = Suggestions.nearest(variable, known);
        if (nearest.isPresent() && Suggestions.distance(variable, nearest.get()) <= LARGEST_DISTANCE) {
            found.add(new NearMiss(variable, nearest.get(), false));
        }
    }

    /** {@return the variables that were probably meant to set the host of the unnamed database} */
    List<NearMiss> ofServer() {
        Set<String> candidates = new TreeSet<>();
        for (String key : variables.keySet()) {
            boolean isRead = key.startsWith("DB_") || key.equals(URL) || key.equals(URL + "_FILE");
            if (!isRead && !key.startsWith("PG") && !key.endsWith("_" + URL)) {
                candidates.add(key);
            }
        }
        List<NearMiss> found = new ArrayList<>(0);
        for (String wanted : new String[] {URL, "DB_HOST"}) {
            Optional<String> nearest = Suggestions.nearest(wanted, candidates);
            if (nearest.isPresent()) {
                found.add(new NearMiss(nearest.get(), wanted, false));
            }
        }
        return found;
    }

    /**
     * Reports a variable of a database whose name is similar to the name of this one. This is a problem in every
     * environment: a default must not replace a server whose variable was misspelt.
     */
    void reportSimilarName(Problems problems) {
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
                "Nothing is set for database '" + name.value() + "', but " + found + " is set.",
                Origin.Variable.of(found),
                "Did you mean " + meant + "?",
                "If " + found + " belongs to another database, also set " + name.variable(Settings.HOST) + ".");
    }

    /** {@return the end of the database's name in a variable; -1 if it is not a variable of a named database} */
    private static int endOfName(String key) {
        if (key.endsWith("_" + URL)) {
            return key.length() - URL.length() - 1;
        }
        int at = key.indexOf("_DB_");
        if (at <= 0) {
            return -1;
        }
        String rest = key.substring(at + 1);
        for (Setting<?> setting : Settings.all()) {
            if (setting.variable().equals(rest)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isSet(String variable) {
        String text = variables.get(variable);
        return text != null && !text.isBlank();
    }
}
