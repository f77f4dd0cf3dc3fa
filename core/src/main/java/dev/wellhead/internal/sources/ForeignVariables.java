package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.url.DriverKeys;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks variables that start with {@code DB_} but are not settings. An unknown one is a problem, with two exceptions:
 * variables that Kubernetes and Docker add to a container are ignored, and variables that name the kind of database for
 * other programs cause a warning.
 */
final class ForeignVariables {

    private static final Set<String> KINDS =
            Set.of("DB_DRIVER", "DB_DIALECT", "DB_ENGINE", "DB_TYPE", "DB_ADAPTER", "DB_CLIENT", "DB_CONNECTION");

    private final DatabaseName name;
    private final Set<String> known;
    private final Problems problems;
    private final List<String> warnings;

    ForeignVariables(DatabaseName name, Set<String> known, Problems problems, List<String> warnings) {
        this.name = name;
        this.known = known;
        this.problems = problems;
        this.warnings = warnings;
    }

    void check(Map<String, String> variables) {
        String ours = name.prefix() + "DB_";
        Set<String> unknown = new TreeSet<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String key = variable.getKey();
            String text = variable.getValue();
            if (key.startsWith(ours) && !known.contains(key) && !text.isBlank() && !isServiceLink(key, text)) {
                unknown.add(key);
            }
        }
        for (String variable : unknown) {
            report(variable, variable.substring(name.prefix().length()));
        }
    }

    private void report(String variable, String bare) {
        Optional<String> fix = RenamedVariables.fix(bare, name);
        if (fix.isPresent()) {
            problems.add(
                    ProblemCode.UNKNOWN_SETTING,
                    variable,
                    variable + " is not a setting.",
                    Origin.Variable.of(variable),
                    fix.get());
        } else if (KINDS.contains(bare)) {
            warnings.add(variable + " has no effect: Wellhead supports only PostgreSQL.");
        } else {
            Optional<String> nearest = Suggestions.nearest(variable, candidates(bare));
            problems.add(
                    ProblemCode.UNKNOWN_SETTING,
                    variable,
                    variable + " is not a setting.",
                    Origin.Variable.of(variable),
                    nearest.isPresent()
                            ? "Did you mean " + nearest.get() + "?"
                            : "Remove it, or rename it if another program reads it: names that start with "
                                    + name.prefix() + "DB_ are reserved for this database.");
        }
    }

    private List<String> candidates(String bare) {
        if (!bare.startsWith(EnvironmentSource.DRIVER)) {
            return new ArrayList<>(new TreeSet<>(known));
        }
        List<String> candidates = new ArrayList<>();
        for (String variable : DriverKeys.variables()) {
            candidates.add(name.prefix() + variable);
        }
        return candidates;
    }

    /** {@return whether the text is the value of a link between containers} */
    static boolean isServiceAddress(String text) {
        return text.startsWith("tcp://") || text.startsWith("udp://") || text.startsWith("sctp://");
    }

    /** Source: Kubernetes documentation, "Service", "Environment variables"; Docker, "Legacy container links". */
    private boolean isServiceLink(String key, String text) {
        String rest = key.substring(name.prefix().length());
        return rest.endsWith("_SERVICE_HOST")
                || rest.endsWith("_SERVICE_PORT")
                || rest.contains("_SERVICE_PORT_")
                || rest.startsWith("DB_ENV_")
                || isServiceAddress(text)
                || hasPortNumber(rest);
    }

    /** {@code DB_PORT_5432_TCP_ADDR} and the like. */
    private static boolean hasPortNumber(String key) {
        int at = key.indexOf("_PORT_");
        if (at < 0) {
            return false;
        }
        int end = at + "_PORT_".length();
        int start = end;
        while (end < key.length() && key.charAt(end) >= '0' && key.charAt(end) <= '9') {
            end++;
        }
        return end > start
                && (key.startsWith("_TCP", end) || key.startsWith("_UDP", end) || key.startsWith("_SCTP", end));
    }
}
