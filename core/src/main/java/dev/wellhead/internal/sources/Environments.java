package dev.wellhead.internal.sources;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.internal.types.AddedText;
import dev.wellhead.internal.types.Problems;
import dev.wellhead.internal.types.Reference;
import dev.wellhead.internal.types.TextValues;
import dev.wellhead.settings.Environment;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Interprets the variable {@code ENVIRONMENT}. The name must match exactly; every other name is strict. */
public final class Environments {

    /** The variable that names the environment. */
    public static final String VARIABLE = "ENVIRONMENT";

    private static final int LONGEST = 100;

    /** The names that are not strict, and the strict name that is misspelt most often. */
    private static final List<String> NAMES = List.of("local", "dev", "development", "test", "ci", "production");

    /** Strict names that are similar to another name only by chance. */
    private static final List<String> STRICT =
            List.of("prod", "uat", "qa", "dr", "live", "staging", "stage", "preprod");

    /** Other words for an environment that is not strict, each followed by its name. */
    private static final String[] SYNONYMS = {
        "testing", "test",
        "tests", "test",
        "develop", "development",
        "devel", "development",
        "localhost", "local"
    };

    private Environments() {}

    /** {@return the environment that the variable of this process names} */
    static Environment of(Map<String, String> variables, Problems problems, List<String> warnings) {
        return of(variables, Origin.Variable.of(VARIABLE), problems, warnings);
    }

    /**
     * {@return the environment}
     *
     * @param origin where the variable is set, if it is set
     */
    static Environment of(Map<String, String> variables, Origin origin, Problems problems, List<String> warnings) {
        String name = variables.get(VARIABLE);
        if (name == null || name.isBlank()) {
            OtherEnvironmentVariables.check(variables, warnings);
            return new Environment("local", Profile.LOCAL);
        }
        String flaw = flaw(name);
        if (!flaw.isEmpty()) {
            problems.add(
                    ProblemCode.INVALID_VALUE,
                    VARIABLE,
                    "ENVIRONMENT " + flaw,
                    origin,
                    "Use a word such as local, test, staging or production.");
            return new Environment("unknown", Profile.STRICT);
        }
        Environment environment = new Environment(name, profile(name));
        if (environment.isStrict()) {
            Optional<String> nearest = similar(name);
            if (nearest.isPresent()) {
                warnings.add(unknown(name, nearest.get()));
            }
        }
        return environment;
    }

    /** {@return the known name that was probably meant by the name of a strict environment; empty if there is none} */
    public static Optional<String> similar(String name) {
        String plain = name.strip();
        if (STRICT.contains(name) || plain.equalsIgnoreCase("production")) {
            return Optional.empty();
        }
        for (int i = 0; i < SYNONYMS.length; i += 2) {
            if (SYNONYMS[i].equalsIgnoreCase(plain)) {
                return Optional.of(SYNONYMS[i + 1]);
            }
        }
        return Suggestions.nearest(plain, NAMES);
    }

    /** {@return a sentence about a name that is strict because it is not known} */
    public static String unknown(String name, String nearest) {
        String shown = SafeText.quoted(name);
        return "ENVIRONMENT is " + (shown.isEmpty() ? "" : shown + ", which is ")
                + "not a known environment and is therefore strict. Did you mean '" + nearest + "'?";
    }

    /** {@return why a text is not the name of an environment; empty if it is one} */
    private static String flaw(String name) {
        if (AddedText.isInQuotes(name.strip())) {
            return "is in quotes, which are part of the value.";
        }
        if (AddedText.endsInLineBreak(name)) {
            return "ends in a line break.";
        }
        if (Reference.isToVariable(name)) {
            return "is a reference to a variable that nothing has replaced.";
        }
        boolean isName = name.length() <= LONGEST
                && SafeText.isSafe(name)
                && !SafeText.mayHoldPassword(name)
                && !TextValues.isSecret(name);
        return isName ? "" : "is not the name of an environment.";
    }

    /** {@return whether the environment with this name is strict} */
    public static boolean isStrict(String name) {
        return profile(name) == Profile.STRICT;
    }

    private static Profile profile(String name) {
        return switch (name) {
            case "local", "dev", "development" -> Profile.LOCAL;
            case "test", "ci" -> Profile.TEST;
            default -> Profile.STRICT;
        };
    }
}
