package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.TextValues;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Interprets the variable {@code ENVIRONMENT}. The name must match exactly; every other name is strict. */
final class Environments {

    static final String VARIABLE = "ENVIRONMENT";

    private static final int LONGEST = 100;

    /** The names that are not strict, and the strict name that is misspelt most often. */
    private static final List<String> NAMES = List.of("local", "dev", "development", "test", "ci", "production");

    /** Strict names that are similar to another name only by chance. */
    private static final List<String> STRICT =
            List.of("prod", "uat", "qa", "dr", "live", "staging", "stage", "preprod");

    private Environments() {}

    static Environment of(Map<String, String> variables, Problems problems, List<String> warnings) {
        String name = variables.get(VARIABLE);
        if (name == null || name.isBlank()) {
            return new Environment("local", Profile.LOCAL);
        }
        if (!isName(name)) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    VARIABLE,
                    "ENVIRONMENT is not the name of an environment.",
                    Origin.Variable.of(VARIABLE),
                    "Use a word such as local, test, staging or production.");
            return new Environment("unknown", Profile.STRICT);
        }
        Environment environment = new Environment(name, profile(name));
        if (environment.isStrict() && !NAMES.contains(name) && !STRICT.contains(name)) {
            Optional<String> nearest = Suggestions.nearest(name.strip(), NAMES);
            String shown = SafeText.quoted(name);
            if (nearest.isPresent()) {
                warnings.add("ENVIRONMENT " + (shown.isEmpty() ? "" : shown + " ")
                        + "is not a known environment and is treated as strict. Did you mean " + nearest.get() + "?");
            }
        }
        return environment;
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST
                && SafeText.isSafe(name)
                && !SafeText.mayHoldPassword(name)
                && !TextValues.isSecret(name);
    }

    private static Profile profile(String name) {
        return switch (name) {
            case "local", "dev", "development" -> Profile.LOCAL;
            case "test", "ci" -> Profile.TEST;
            default -> Profile.STRICT;
        };
    }
}
