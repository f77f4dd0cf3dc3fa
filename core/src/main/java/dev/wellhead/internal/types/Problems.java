package dev.wellhead.internal.types;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects problems, so that all of them are reported together. Not thread-safe. */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Setting<?>> misspelt = new ArrayList<>(0);

    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds a problem of a value that came from {@code origin}. */
    public void add(ProblemCode code, String key, String message, Origin origin, String... fixes) {
        add(code, key, message, List.of(origin), fixes);
    }

    /** Adds a problem of values that came from {@code origins}. */
    public void add(ProblemCode code, String key, String message, List<Origin> origins, String... fixes) {
        problems.add(Problem.of(code, key, message, origins, List.of(fixes)));
    }

    /** Adds a problem of a value, and names the value as the user does. */
    public void add(ProblemCode code, RawValue value, String message, String... fixes) {
        add(code, value.key(), message, List.of(value.origin()), fixes);
    }

    /** Adds a problem of two values that do not go together; the first one is at fault. */
    public void add(ProblemCode code, RawValue value, RawValue other, String message, String... fixes) {
        add(code, value.key(), message, List.of(value.origin(), other.origin()), fixes);
    }

    /** Adds a problem before all others, because they follow from it. */
    public void addFirst(Problem problem) {
        problems.add(0, problem);
    }

    /** Adds the problems of a source, with other origins. */
    public void addAll(Problems others, UnaryOperator<Origin> origin) {
        for (Problem problem : others.problems) {
            problems.add(new Problem(
                    problem.code(),
                    problem.setting(),
                    problem.message(),
                    problem.origins().stream().map(origin).toList(),
                    problem.checked(),
                    problem.fixes()));
        }
        misspelt.addAll(others.misspelt);
    }

    /** Notes that a problem is about a misspelt key of this setting, so that its value only seems to be missing. */
    public void addMisspelt(Setting<?> setting) {
        misspelt.add(setting);
    }

    /** {@return whether a problem is about a misspelt key of this setting} */
    public boolean isMisspelt(Setting<?> setting) {
        return misspelt.contains(setting);
    }

    /** {@return whether there is a problem of this class} */
    public boolean contains(ProblemCode code) {
        for (Problem problem : problems) {
            if (problem.code() == code) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(problems);
    }

    /**
     * Throws the problems, if there are any.
     *
     * @throws ConfigurationException if there is at least one problem
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
