package dev.wellhead.internal.names;

import dev.wellhead.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable that is set, that nothing reads, and that was probably meant for a variable that would be read: its name is
 * similar, or it is the name of another library or platform.
 *
 * @param variable the variable that is set
 * @param suggestion the variable that was probably meant
 * @param unnamed the kind of service, if the variable is a setting of the unnamed one while a named one is resolved; or empty
 * @param setting the setting that the suggestion sets; the host for a URL; null if it sets none
 */
public record NearMiss(String variable, String suggestion, String unnamed, @Nullable Setting<?> setting) {

    /** {@return whether the variable is a setting of the unnamed database, while a named one is resolved} */
    public boolean ofUnnamedDatabase() {
        return !unnamed.isEmpty();
    }

    /** {@return the near miss as a sentence} */
    public String message() {
        return ofUnnamedDatabase()
                ? variable + " is set, but it belongs to the unnamed " + unnamed + ". Did you mean " + suggestion + "?"
                : variable + " is set, but nothing reads it. Did you mean " + suggestion + "?";
    }

    /** {@return all of them as one text; empty if there are none} */
    public static String message(List<NearMiss> nearMisses) {
        if (nearMisses.size() == 1) {
            return nearMisses.get(0).message();
        }
        List<String> variables = new ArrayList<>(nearMisses.size());
        List<String> suggestions = new ArrayList<>(nearMisses.size());
        for (NearMiss nearMiss : nearMisses) {
            variables.add(nearMiss.variable);
            if (!suggestions.contains(nearMiss.suggestion)) {
                suggestions.add(nearMiss.suggestion);
            }
        }
        return variables.isEmpty()
                ? ""
                : listed(variables) + " are set, but nothing reads them. Did you mean " + listed(suggestions) + "?";
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
