package dev.wellhead.spring.boot;

import dev.wellhead.internal.text.Suggestions;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import dev.wellhead.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds properties of Wellhead that nothing reads, because the name of the database is missing or the prefix is wrong. */
final class MisplacedProperties {

    private static final String PREFIX = "wellhead.";
    private static final String DATABASES = "wellhead.databases.";
    private static final String STARTER = "wellhead.spring.";
    private static final List<String> OF_STARTER = List.of("enabled", "databases", "read-only-transactions");

    private static final String VARIABLES = "WELLHEAD_DATABASES_";

    private MisplacedProperties() {}

    /** @param databases the names of all databases of the application */
    static List<Problem> in(PropertyNames properties, Set<String> databases) {
        List<Problem> problems = new ArrayList<>();
        for (PropertyNames.Found found : properties.all()) {
            String name = found.name().toLowerCase(Locale.ROOT);
            if (found.isVariable()) {
                checkVariable(found, databases, problems);
                continue;
            }
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            if (name.startsWith(STARTER)) {
                checkStarter(found, name.substring(STARTER.length()), problems);
                continue;
            }
            boolean hasDatabase = name.startsWith(DATABASES) && name.indexOf('.', DATABASES.length()) > 0;
            String last = found.name().substring(found.name().lastIndexOf('.') + 1);
            if (!hasDatabase && isSetting(last)) {
                report(found, "Did you mean wellhead.databases.default." + last + "?", problems);
            }
        }
        return problems;
    }

    /** A variable does not show where the name of its database ends, so it belongs only to databases that are known. */
    private static void checkVariable(PropertyNames.Found found, Set<String> databases, List<Problem> problems) {
        if (found.name().startsWith(VARIABLES) && databases.stream().allMatch(name -> found.pathIn(name) == null)) {
            report(
                    found,
                    "Use " + VARIABLES + "DEFAULT_..., or list the name of its database in wellhead.spring.databases.",
                    problems);
        }
    }

    private static void checkStarter(PropertyNames.Found found, String typed, List<Problem> problems) {
        String bare = typed.contains("[") ? typed.substring(0, typed.indexOf('[')) : typed;
        for (String known : OF_STARTER) {
            if (Suggestions.plain(known).equals(Suggestions.plain(bare))) {
                return;
            }
        }
        report(
                found,
                Suggestions.nearest(bare, OF_STARTER)
                        .map(nearest -> "Did you mean " + STARTER + nearest + "?")
                        .orElse("Remove it."),
                problems);
    }

    private static void report(PropertyNames.Found found, String fix, List<Problem> problems) {
        problems.add(Problem.of(
                ProblemCode.UNKNOWN_SETTING,
                found.name(),
                found.name() + " is not a setting.",
                List.of(found.origin()),
                List.of(fix)));
    }

    private static boolean isSetting(String name) {
        if (name.equals("url")) {
            return true;
        }
        for (Setting<?> setting : Settings.all()) {
            if (Suggestions.plain(setting.name()).equals(Suggestions.plain(name))) {
                return true;
            }
        }
        return false;
    }
}
