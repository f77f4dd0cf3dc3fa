package dev.wellhead.settings;

import java.io.Serial;
import java.util.List;

/** The configuration cannot be opened. Carries every problem at once; the message lists them all, numbered. */
public final class ConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return every problem, in the order they were found; empty after deserialization} */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
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
