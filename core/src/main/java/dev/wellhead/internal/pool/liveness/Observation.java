package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.pool.liveness.ServerProbe.Answer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Elsewhere;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one connection whose caller waits for an answer, from which the verdict is derived.
 *
 * @param identity the server that it was opened to; null if it is not known
 * @param awaitsNotifications whether it waits for notifications and not for the end of a statement
 * @param silence how long nothing has been sent or received
 * @param silenceCheckAfter the setting
 * @param answer the result of the attempt to reach its server
 * @param elsewhere the server that new connections reach; null if that was not tried or is the same address
 * @param confirming whether an earlier check found a lost session, and nothing was sent or received since
 * @param failedAttempts the number of attempts in a row that the server did not answer, including this one
 * @param unansweredFor the time since the first of these attempts began
 */
record Observation(
        @Nullable ServerIdentity identity,
        boolean awaitsNotifications,
        Duration silence,
        Duration silenceCheckAfter,
        Answer answer,
        @Nullable SessionState session,
        @Nullable Elsewhere elsewhere,
        boolean confirming,
        int failedAttempts,
        Duration unansweredFor) {

    /** An outage of this length does not end statements. With the default limits, one of 30 s does. */
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(12);

    private static final int ATTEMPTS_AT_LEAST = 3;

    /** {@return the verdict} A connection is ended only if there is proof, because a statement may last for hours. */
    Verdict verdict() {
        if (answer instanceof ServerProbe.Report report) {
            return reported(report.identity());
        }
        return answer instanceof ServerProbe.NoAnswer ? unanswered() : Verdict.KEEP;
    }

    private Verdict reported(@Nullable ServerIdentity reporting) {
        if (reporting == null) {
            // a pooler: the processes that it names are its own
            return Verdict.KEEP;
        }
        if (identity != null && !reporting.isSameRun(identity)) {
            // several servers can share an address behind a load balancer, but not several primaries of one system
            return reporting.replaces(identity) ? Verdict.REPLACED : Verdict.KEEP;
        }
        boolean lost =
                switch (session == null ? SessionState.HIDDEN : session) {
                    // without the identity, it may be another server that has no such session
                    case GONE -> identity != null;
                    // a session that waits for notifications always waits for the client
                    case WAITING_FOR_CLIENT -> !awaitsNotifications;
                    case BUSY, HIDDEN -> false;
                };
        if (!lost) {
            return Verdict.KEEP;
        }
        return confirming && isSilentLongEnough() ? Verdict.LOST : Verdict.CONFIRM;
    }

    private Verdict unanswered() {
        if (elsewhere != null && hasMoved(elsewhere)) {
            return Verdict.MOVED;
        }
        Duration outage = silenceCheckAfter.compareTo(LONGEST_OUTAGE) < 0
                ? silenceCheckAfter.multipliedBy(6).dividedBy(5)
                : LONGEST_OUTAGE;
        boolean certain = failedAttempts >= ATTEMPTS_AT_LEAST && unansweredFor.compareTo(outage) >= 0;
        return certain && isSilentLongEnough() ? Verdict.UNRESPONSIVE : Verdict.ASK_AGAIN;
    }

    /** Readers can share a name that resolves to one of them at a time, so another standby proves nothing. */
    private boolean hasMoved(Elsewhere reached) {
        ServerIdentity other = reached.identity();
        if (identity != null && other != null) {
            return other.replaces(identity);
        }
        return !reached.oldAddressReachable();
    }

    private boolean isSilentLongEnough() {
        return silence.compareTo(silenceCheckAfter) >= 0;
    }
}
