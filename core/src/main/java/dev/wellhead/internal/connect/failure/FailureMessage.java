package dev.wellhead.internal.connect.failure;

import dev.wellhead.settings.Problem;
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
        ConnectionFailedException exception = new ConnectionFailedException(
                failures.size() == 1 ? single(leading) : several(failures),
                leading.sqlState(),
                leading.kind(),
                problems(failures),
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
            problems.add(new Problem(server, server + ": " + failure.what() + ".", failure.origin(), failure.fixes()));
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

    private static String single(Failure failure) {
        StringBuilder text = new StringBuilder("Cannot connect to ")
                .append(failure.server())
                .append(": ")
                .append(failure.what())
                .append('.');
        append(text, failure, LINE + "  ");
        return text.toString();
    }

    private static String several(List<Failure> failures) {
        StringBuilder text = new StringBuilder("Cannot connect to any of ")
                .append(failures.size())
                .append(" servers.")
                .append(LINE);
        int number = 1;
        for (Failure failure : failures) {
            text.append(LINE)
                    .append("  ")
                    .append(number++)
                    .append(". ")
                    .append(failure.server())
                    .append(": ")
                    .append(failure.what())
                    .append('.');
            append(text, failure, LINE + "     ");
            text.append(LINE);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Failure failure, String lead) {
        if (!failure.origin().isEmpty()) {
            text.append(lead).append(failure.origin());
        }
        for (String fix : failure.fixes()) {
            text.append(lead).append(fix);
        }
    }
}
