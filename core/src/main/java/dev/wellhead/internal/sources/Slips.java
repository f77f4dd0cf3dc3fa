package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Variables that nothing reads and that are probably slips: a person asked. Resolving does not look for them. */
public final class Slips {

    /** Not in the list of those that stand for a parameter. */
    private static final List<String> PLACES = List.of("PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR");

    /** Read by libpq's programs or the server's, never a slip for a parameter. */
    private static final Set<String> OTHER_PROGRAMS = Set.of("PGDATA", "PGLOCALEDIR", "PGCLUSTER", "PGTZ");

    private final DatabaseName name;
    private final Map<String, String> variables;

    public Slips(DatabaseName name, Map<String, String> variables) {
        this.name = name;
        this.variables = variables;
    }

    public List<String> find() {
        Set<String> ours = new TreeSet<>();
        ours.add(name.urlVariable());
        ours.add("ENVIRONMENT");
        Set<String> unnamed = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            ours.add(name.variable(setting));
            unnamed.add(setting.variable());
        }
        unnamed.add("DATABASE_URL");
        Set<String> libpq = new TreeSet<>(LibpqVariables.names());
        libpq.addAll(PLACES);
        List<String> found = new ArrayList<>();
        for (String variable : new TreeSet<>(variables.keySet())) {
            String text = variables.get(variable);
            if (text != null && !text.isBlank() && !ours.contains(variable)) {
                found.addAll(slip(variable, ours, unnamed, libpq));
            }
        }
        return found;
    }

    private List<String> slip(String variable, Set<String> ours, Set<String> unnamed, Set<String> libpq) {
        if (!name.isUnnamed() && unnamed.contains(variable)) {
            return isSet(name.prefix() + variable)
                    ? List.of()
                    : List.of(variable + " is set and belongs to the unnamed database; did you mean " + name.prefix()
                            + variable + "?");
        }
        if (variable.startsWith(name.prefix() + "DB_")) {
            // an unknown one is a problem already
            return List.of();
        }
        Set<String> known = ours;
        if (variable.startsWith("PG")) {
            if (libpq.contains(variable) || OTHER_PROGRAMS.contains(variable) || !name.isUnnamed()) {
                return List.of();
            }
            known = libpq;
        }
        Optional<String> nearest = Suggestions.nearest(variable, known);
        // a name that is shorter than what it is taken for by more than a letter or two is another word
        return nearest.isPresent() && isSlip(variable, nearest.get())
                ? List.of(variable + " is set and not read; did you mean " + nearest.get() + "?")
                : List.of();
    }

    private boolean isSet(String variable) {
        String text = variables.get(variable);
        return text != null && !text.isBlank();
    }

    private static boolean isSlip(String typed, String known) {
        return Suggestions.distance(typed, known) <= 2;
    }
}
