package dev.wellhead.internal.sources;

import dev.wellhead.internal.names.ServiceLinks;
import dev.wellhead.internal.names.UnknownKeys;
import dev.wellhead.internal.types.DatabaseName;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.settings.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks variables that start with {@code DB_} but are not settings. An unknown one is a problem, with two exceptions:
 * variables that Kubernetes and Docker add to a container are ignored, and variables that name the kind of database for
 * other programs cause a warning.
 */
final class ForeignVariables {

    private static final Set<String> KINDS =
            Set.of("DRIVER", "DIALECT", "ENGINE", "TYPE", "ADAPTER", "CLIENT", "CONNECTION", "PLATFORM", "VENDOR");

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
        String ours = name.start();
        Set<String> unknown = new TreeSet<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String key = variable.getKey();
            String text = variable.getValue();
            if (key.startsWith(ours) && !known.contains(key) && !text.isBlank() && !isServiceLink(key, text)) {
                unknown.add(key);
            }
        }
        for (String variable : unknown) {
            String bare = variable.substring(ours.length());
            boolean isUrl = variables.getOrDefault(variable, "").contains("://");
            if (KINDS.contains(bare) && !isUrl && name.catalogue().isOfDatabases()) {
                warnings.add(variable + " has no effect: Wellhead supports only PostgreSQL.");
            } else {
                String meant = KINDS.contains(bare) && isUrl ? "URL" : bare;
                new UnknownKeys(name, problems, true).report(variable, meant, variable, Origin.Variable.of(variable));
            }
        }
    }

    private boolean isServiceLink(String key, String text) {
        String rest = key.substring(name.prefix().length());
        return rest.startsWith(name.catalogue().prefix() + "ENV_") || ServiceLinks.isVariable(rest, text);
    }
}
