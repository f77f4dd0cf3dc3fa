package dev.wellhead.internal.pool.recovery;

import dev.wellhead.internal.connect.net.DeadlineExceededException;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;

/**
 * Decides when and for how long a failed connect is tried again. Source of the SQLSTATEs: PostgreSQL documentation,
 * appendix "PostgreSQL Error Codes".
 */
public final class RetryRule {

    /** Before the next attempt after a failure that often ends on its own. */
    static final long SOON_MILLIS = 250;

    /**
     * Before the next attempt after another failure. It ends when an operator corrects the server, for example when a database
     * is restored.
     */
    static final long LATER_MILLIS = 800;

    /** After a refused login, attempts only check for other credentials until the hold-off of the login ends. */
    public static final long REFUSED_MILLIS = 100;

    /**
     * The time per server after an attempt whose TCP connect was not answered. A server answers within a round trip. The
     * operating system repeats a lost packet only after 1, 2, 4, 8 s, so a new connect finds the server earlier.
     */
    static final Duration UNANSWERED = Duration.ofMillis(750);

    private final Duration budget;
    private final boolean credentialsCanChange;

    /**
     * Creates the rule of one pool.
     *
     * @param budget the longest time of an attempt
     * @param credentialsCanChange whether the source can get other credentials after a refused login
     */
    public RetryRule(Duration budget, boolean credentialsCanChange) {
        this.budget = budget;
        this.credentialsCanChange = credentialsCanChange;
    }

    /** {@return the pause before the next attempt, before jitter} */
    long pauseMillis(ConnectionFailedException failure) {
        if (awaitsCredentials(failure)) {
            return REFUSED_MILLIS;
        }
        return endsOnItsOwn(failure) ? SOON_MILLIS : LATER_MILLIS;
    }

    /** {@return whether the login was refused, which is normal for a moment while a password is rotated} */
    public boolean awaitsCredentials(ConnectionFailedException failure) {
        return credentialsCanChange && failure.kind() == FailureKind.CREDENTIALS_REFUSED;
    }

    private static boolean endsOnItsOwn(ConnectionFailedException failure) {
        return switch (failure.kind()) {
            // an operator replaces the certificate, or a file that decides about it
            case TLS_UNTRUSTED, TLS_WRONG_HOST_NAME, TLS_EXPIRED, TLS_INVALID, TLS_REVOKED, TLS_FAILED -> true;
            case OTHER -> isFaultOfServer(failure.getSQLState());
            default -> failure.kind().isTransient();
        };
    }

    private static boolean isFaultOfServer(String state) {
        // a pooler reports a server that it cannot reach as a protocol violation
        return state.equals("08P01")
                // insufficient resources, operator intervention, system error, internal error
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.startsWith("XX");
    }

    /** {@return the longest time of the attempt that follows {@code failure}} */
    Duration nextBudget(ConnectionFailedException failure) {
        if (failure.failures().isEmpty()) {
            return budget;
        }
        for (ServerFailure server : failure.failures()) {
            if (!wasUnanswered(server)) {
                return budget;
            }
        }
        Duration all = UNANSWERED.multipliedBy(failure.failures().size());
        return all.compareTo(budget) < 0 ? all : budget;
    }

    private static boolean wasUnanswered(ServerFailure server) {
        for (Throwable cause = server.cause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DeadlineExceededException exceeded) {
                return exceeded.isConnecting();
            }
        }
        return false;
    }
}
