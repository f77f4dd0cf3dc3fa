package dev.wellhead.internal.types;

import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.Origin;
import dev.wellhead.settings.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that all are reported at once. Not thread-safe. */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();

    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds a problem of a value that came from {@code origin}; the fixes are whole sentences. */
    public void add(String key, String message, Origin origin, String... fixes) {
        add(key, message, "From: " + origin.description(), fixes);
    }

    /** Adds a problem; {@code from} is {@code "From: ..."} or {@code "Looked in: ..."}, or empty. */
    public void add(String key, String message, String from, String... fixes) {
        add(new Problem(key, message, from, List.of(fixes)));
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(problems);
    }

    /** @throws ConfigurationException when there is at least one problem */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
