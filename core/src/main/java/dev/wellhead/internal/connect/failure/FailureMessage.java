package dev.wellhead.internal.connect.failure;

import dev.wellhead.settings.Problem;
import dev.wellhead.settings.ProblemCode;
import dev.wellhead.spi.ConnectionFailedException;
import java.util.ArrayList;
import java.util.List;

/** Makes one exception of what every server said: each with its reason, the most hopeful one for the machine. */
public final class FailureMessage {

    private static final String LINE = System.lineSeparator();

    private FailureMessage() {}

    /** @param failures at least one, in the order the servers were tried */
    public static ConnectionFailedException exception(List<Failure> failures) {
        Failure leading = leading(failures);
        List<Problem> problems = problems(failures);
        ConnectionFailedException exception = new ConnectionFailedException(
                problems.size() == 1 ? single(problems.get(0)) : several(problems),
                leading.sqlState(),
                leading.kind(),
                problems,
                leading.cause());
        for (Failure other : failures) {
            Throwable cause = other.cause();
            if (cause != null && !cause.equals(leading.cause())) {
                exception.addSuppressed(cause);
            }
        }
        return exception;
    }

    private static List<Problem> problems(List<Failure> failures) {
        List<Problem> problems = new ArrayList<>(failures.size());
        for (Failure failure : failures) {
            String server = failure.server().toString();
            problems.add(Problem.of(
                    ProblemCode.CONNECTION_FAILED, server, failure.what() + ".", failure.origins(), failure.fixes()));
        }
        return problems;
    }

    /** What ended the search; else the first that may pass, because waiting then helps; else the first. */
    private static Failure leading(List<Failure> failures) {
        Failure last = failures.get(failures.size() - 1);
        if (last.isFinal()) {
            return last;
        }
        for (Failure failure : failures) {
            if (failure.kind().mayPass()) {
                return failure;
            }
        }
        return failures.get(0);
    }

    private static String single(Problem problem) {
        StringBuilder text = new StringBuilder("Cannot connect to ");
        append(text, problem, LINE + "  ");
        return text.toString();
    }

    private static String several(List<Problem> problems) {
        StringBuilder text = new StringBuilder("Cannot connect to any of ")
                .append(problems.size())
                .append(" servers.")
                .append(LINE);
        int number = 1;
        for (Problem problem : problems) {
            text.append(LINE).append("  ").append(number++).append(". ");
            append(text, problem, LINE + "     ");
            text.append(LINE);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Problem problem, String lead) {
        text.append(problem.setting()).append(": ").append(problem.message());
        if (!problem.source().isEmpty()) {
            text.append(lead).append(problem.source());
        }
        for (String fix : problem.fixes()) {
            text.append(lead).append(fix);
        }
    }
}
