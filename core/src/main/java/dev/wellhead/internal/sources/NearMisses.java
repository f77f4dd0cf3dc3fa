package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Keys;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Variables whose names are nearly right, looked for where nothing says which server is meant. */
public final class NearMisses {

    private static final String URL = "DATABASE_URL";

    private final DatabaseName name;
    private final Map<String, String> variables;

    public NearMisses(DatabaseName name, Map<String, String> variables) {
        this.name = name;
        this.variables = variables;
    }

    /**
     * Reports variables that were probably meant for this named database. A problem in every environment: a default
     * must not stand in for a server that was named with a slip.
     *
     * @return whether there are any
     */
    public boolean report(Problems problems) {
        Map<String, String> others = new TreeMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String key = variable.getKey();
            int end = endOfName(key);
            if (end > 0 && !variable.getValue().isBlank()) {
                others.putIfAbsent(key.substring(0, end), key);
            }
        }
        String ours = name.prefix().substring(0, name.prefix().length() - 1);
        Optional<String> nearest = Suggestions.nearest(ours, others.keySet());
        if (nearest.isEmpty() || nearest.get().equals(ours)) {
            return false;
        }
        String found = others.getOrDefault(nearest.get(), nearest.get());
        String meant = ours + found.substring(nearest.get().length());
        problems.add(
                meant,
                "Nothing is set for database '" + name.value() + "', and " + found + " is set.",
                Keys.variable(found),
                "Did you mean " + meant + "?",
                "Where " + found + " belongs to another database, set " + name.variable(Settings.HOST) + " as well.");
        return true;
    }

    /** {@return where the name of a database ends in a variable; -1 in a variable of no named database} */
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

    /** Adds what may have been meant to say where the unnamed database is. */
    public void hint(List<String> hints) {
        TreeSet<String> candidates = new TreeSet<>();
        for (String key : variables.keySet()) {
            if (!key.startsWith("DB_") && !key.startsWith("PG") && !key.endsWith("_" + URL) && !key.equals(URL)) {
                candidates.add(key);
            }
        }
        for (String wanted : new String[] {URL, "DB_HOST"}) {
            // no lambda: this is on the way to the first row
            Optional<String> found = Suggestions.nearest(wanted, candidates);
            if (found.isPresent()) {
                hints.add(found.get() + " is set and not read; did you mean " + wanted + "?");
            }
        }
    }
}
