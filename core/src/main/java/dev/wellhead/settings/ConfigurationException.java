package dev.wellhead.settings;

import java.io.Serial;
import java.util.List;

/** The configuration cannot be opened. Carries every problem at once; the message lists them all, numbered. */
public final class ConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<ResolvedSetting> settings;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        this(problems, List.of());
    }

    public ConfigurationException(List<Problem> problems, List<ResolvedSetting> settings) {
        super(message(problems));
        this.problems = List.copyOf(problems);
        this.settings = List.copyOf(settings);
    }

    /** {@return every problem, in the order they were found; empty after deserialization} */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /**
     * {@return what was decided all the same, in the order of the catalogue: the settings whose values are valid, each
     * with its origin; empty where it did not come that far, and after deserialization} For people who look for the
     * reason; nothing can be opened with it.
     */
    public List<ResolvedSetting> settings() {
        return settings == null ? List.of() : settings;
    }

    private static String message(List<Problem> problems) {
        StringBuilder text = new StringBuilder("Cannot open the database: ")
                .append(problems.size())
                .append(problems.size() == 1 ? " setting needs attention." : " settings need attention.")
                .append(System.lineSeparator());
        int number = 1;
        for (Problem problem : problems) {
            String lead = System.lineSeparator() + "     ";
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(number++)
                    .append(". ")
                    .append(problem.message());
            if (!problem.origin().isEmpty()) {
                text.append(lead).append(problem.origin());
            }
            problem.fixes().forEach(fix -> text.append(lead).append(fix));
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
