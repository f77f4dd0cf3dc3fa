package dev.wellhead.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that all are reported at once. Not thread-safe. */
final class Problems {

    private final List<Problem> problems = new ArrayList<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds a problem of a value that came from {@code origin}; the fixes are whole sentences. */
    void add(String key, String message, Origin origin, String... fixes) {
        add(key, message, "From: " + origin.description(), fixes);
    }

    /** Adds a problem; {@code from} is {@code "From: ..."} or {@code "Looked in: ..."}, or empty. */
    void add(String key, String message, String from, String... fixes) {
        add(new Problem(key, message, from, List.of(fixes)));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }

    /** @throws ConfigurationException when there is at least one problem */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
