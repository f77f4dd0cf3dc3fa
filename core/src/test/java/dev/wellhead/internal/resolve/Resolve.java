package dev.wellhead.internal.resolve;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves environments that are written as {@code NAME=value NAME=value}, so that the rows of a test table are easy to
 * read.
 */
public final class Resolve {

    /** Values that a strict environment requires although a test does not use them. */
    public static final String STRICT = "ENVIRONMENT=production DB_HOST=db DB_NAME=app DB_USER=app DB_PASSWORD=pw";

    private Resolve() {}

    public static Map<String, String> environment(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.isEmpty() ? new String[0] : variables.split(" ")) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    public static DecidedSettings settings(String variables) {
        return settings(request(variables));
    }

    public static DecidedSettings settings(SettingsRequest request) {
        return DecidedSettings.of(SettingsResolver.resolve(request));
    }

    public static SettingsRequest request(String variables) {
        return SettingsRequest.of("default", environment(variables));
    }

    public static List<Problem> problems(String variables) {
        return problems(request(variables));
    }

    public static List<Problem> problems(SettingsRequest request) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> SettingsResolver.resolve(request));
        return thrown == null ? List.of() : thrown.problems();
    }

    /** {@return the only problem as its lines: message, origin, fixes} */
    public static List<String> problem(String variables) {
        return lines(problems(variables));
    }

    public static List<String> lines(List<Problem> problems) {
        if (problems.size() != 1) {
            throw new AssertionError("expected one problem, got " + problems);
        }
        Problem problem = problems.get(0);
        List<String> lines = new java.util.ArrayList<>();
        lines.add(problem.message());
        if (!problem.source().isEmpty()) {
            lines.add(problem.source());
        }
        lines.addAll(problem.fixes());
        return lines;
    }
}
