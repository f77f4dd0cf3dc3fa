package dev.wellhead.settings;

import java.io.Serial;
import java.util.List;

/**
 * The configuration is invalid or incomplete, so the database cannot be opened. Carries every problem that was found;
 * the message lists all of them. Nothing in it is sensitive.
 */
public final class ConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String LINE = System.lineSeparator();

    private final transient List<Problem> problems;
    private final transient List<ResolvedSetting> settings;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        this(problems, List.of());
    }

    /**
     * @param problems at least one
     * @param settings the settings that have a valid value nevertheless
     */
    public ConfigurationException(List<Problem> problems, List<ResolvedSetting> settings) {
        this("the database", problems, settings);
    }

    ConfigurationException(String title, List<Problem> problems, List<ResolvedSetting> settings) {
        super(message(title, problems));
        this.problems = List.copyOf(problems);
        this.settings = List.copyOf(settings);
    }

    /** {@return every problem, in the order they were found; empty after deserialization} */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /**
     * {@return the settings that have a valid value, in the order of the catalogue; empty if resolution stopped before
     * values were read, and after deserialization} For diagnosis only.
     */
    public List<ResolvedSetting> settings() {
        return settings == null ? List.of() : settings;
    }

    /** With one problem, the first line is the problem itself: lists of log lines and alerts show only that line. */
    private static String message(String title, List<Problem> problems) {
        StringBuilder text = new StringBuilder("Cannot open ").append(title).append(": ");
        if (problems.size() == 1) {
            append(text, problems.get(0), LINE + "  ");
            return text.toString();
        }
        text.append(problems.size()).append(" settings need attention.").append(LINE);
        int number = 1;
        for (Problem problem : problems) {
            text.append(LINE).append("  ").append(number++).append(". ");
            append(text, problem, LINE + "     ");
            text.append(LINE);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Problem problem, String indent) {
        text.append(problem.message());
        String source = problem.source();
        if (!source.isEmpty()) {
            text.append(indent).append(source);
        }
        for (String fix : problem.fixes()) {
            text.append(indent).append(fix);
        }
    }
}
