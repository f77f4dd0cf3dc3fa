package dev.wellhead.internal.connect.failure;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.ServerFailure;
import java.util.List;

/** Combines the failures of all servers that were tried into one exception. */
public final class FailureMessage {

    private static final String LINE = System.lineSeparator();

    private FailureMessage() {}

    /**
     * {@return one exception with the failure of every server}
     *
     * @param failures at least one, in the order in which the servers were tried
     */
    public static ConnectionFailedException exception(List<ServerFailure> failures) {
        ServerFailure leading = leading(failures);
        ConnectionFailedException exception = new ConnectionFailedException(text(failures), leading, failures);
        for (ServerFailure other : failures) {
            Throwable cause = other.cause();
            if (cause != null && cause != leading.cause()) {
                exception.addSuppressed(cause);
            }
        }
        return exception;
    }

    /**
     * {@return the message if the source of the credentials failed before a server was chosen} Its first line is the
     * problem.
     */
    public static String of(CredentialsException unavailable) {
        return unavailable.fix().isEmpty()
                ? unavailable.problem()
                : unavailable.problem() + LINE + "  " + unavailable.fix();
    }

    /** The failure that ended the search; otherwise the first transient one, because a retry may succeed. */
    private static ServerFailure leading(List<ServerFailure> failures) {
        ServerFailure last = failures.get(failures.size() - 1);
        if (ServerFailedException.endsSearch(last.kind())) {
            return last;
        }
        for (ServerFailure failure : failures) {
            if (failure.kind().isTransient()) {
                return failure;
            }
        }
        return failures.get(0);
    }

    private static String text(List<ServerFailure> failures) {
        if (failures.size() == 1) {
            ServerFailure only = failures.get(0);
            StringBuilder text = new StringBuilder(only.summary());
            appendDetails(text, only, LINE + "  ");
            return text.toString();
        }
        ServerFailure leading = leading(failures);
        StringBuilder text = new StringBuilder("Cannot connect to any of ")
                .append(failures.size())
                .append(" servers; ")
                .append(leading.server())
                .append(": ")
                .append(leading.sentence())
                .append(LINE);
        int number = 1;
        for (ServerFailure failure : failures) {
            text.append(LINE).append("  ").append(number++).append(". ");
            text.append(failure.server()).append(": ").append(failure.sentence());
            appendDetails(text, failure, LINE + "     ");
            text.append(LINE);
        }
        return text.toString();
    }

    private static void appendDetails(StringBuilder text, ServerFailure failure, String indent) {
        if (!failure.origins().isEmpty()) {
            text.append(indent).append(failure.source());
        }
        for (String fix : failure.fixes()) {
            text.append(indent).append(fix);
        }
    }
}
