package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.liveness.ServerProbe.Answer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Elsewhere;
import dev.wellhead.internal.pool.liveness.ServerProbe.NoAnswer;
import dev.wellhead.internal.pool.liveness.ServerProbe.Report;
import dev.wellhead.internal.pool.rotation.PoolClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the silent connections to one address when a check is due, and ends those that are lost. Not thread-safe. */
final class ServerCheck {

    private static final long NEVER = Long.MIN_VALUE;

    /** Short, so that a server that moved is noticed within 5 s. */
    private static final Duration EARLY_BUDGET = Duration.ofMillis(1_500);

    private static final Duration BUDGET = Duration.ofSeconds(3);
    private static final Duration ELSEWHERE_BUDGET = Duration.ofMillis(1_500);
    /** Several connections that do not answer a validation at the same time cause one check. */
    private static final long URGENT_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

    /** Attempts with a longer pause between them do not belong to the same outage. */
    private static final long SAME_OUTAGE_NANOS = Duration.ofSeconds(20).toNanos();

    /** An answer that is on its way when the server reports an idle session arrives within this time. */
    private static final long CONFIRM_NANOS = Duration.ofMillis(2_500).toNanos();

    private final ServerAddress address;
    private final SilenceLimits limits;
    private final ServerProbe probe;
    private final SilenceReport report;
    private final Suspects suspects;
    private final PoolClock clock;
    private long lastEnd = NEVER;
    private long againAt = NEVER;
    private long unansweredSince;
    private int failedAttempts;

    ServerCheck(
            ServerAddress address,
            SilenceLimits limits,
            ServerProbe probe,
            SilenceReport report,
            Suspects suspects,
            PoolClock clock) {
        this.address = address;
        this.limits = limits;
        this.probe = probe;
        this.report = report;
        this.suspects = suspects;
        this.clock = clock;
    }

    /**
     * Checks the silent connections if that is due.
     *
     * @param silences all connections to the address on which a read or write is in progress
     * @param cohort all connections to the address
     * @param urgent whether something else indicates that the server is not available
     */
    void run(List<Silence> silences, List<MonitoredConnection> cohort, boolean urgent) {
        long now = clock.nanoTime();
        boolean mayBeUrgent = lastEnd == NEVER || now - lastEnd >= URGENT_PAUSE_NANOS;
        boolean early = (mayBeUrgent && (urgent || hasNewSuspect(silences)))
                || isEarlyDue(silences, quietFor(cohort, now), now);
        if (early || isDue(silences, now)) {
            check(silences, cohort, early ? EARLY_BUDGET : BUDGET);
        }
    }

    /** HikariCP validates no connection that was used in the last half second, so a suspect can be in use. */
    private boolean hasNewSuspect(List<Silence> silences) {
        boolean found = false;
        for (Silence silence : silences) {
            if (!silence.wasCheckedEarly() && suspects.contains(silence.connection())) {
                silence.checkedEarly();
                found = true;
            }
        }
        return found;
    }

    /** {@return the time since any connection to the address has received something} */
    private static long quietFor(List<MonitoredConnection> cohort, long now) {
        long shortest = Long.MAX_VALUE;
        for (MonitoredConnection connection : cohort) {
            shortest = Math.min(shortest, now - connection.receivedAt());
        }
        return shortest;
    }

    private boolean isDue(List<Silence> silences, long now) {
        if (againAt != NEVER) {
            return now - againAt >= 0;
        }
        return isRested(now) && longest(silences, now) >= limits.checkAfterNanos();
    }

    /** A statement is checked early once, and only if the server is silent on all connections. */
    private boolean isEarlyDue(List<Silence> silences, long quietFor, long now) {
        if (againAt != NEVER || !isRested(now) || quietFor < limits.earlyNanos()) {
            return false;
        }
        boolean due = false;
        for (Silence silence : silences) {
            if (isStatement(silence) && !silence.wasCheckedEarly() && silence.nanosAt(now) >= limits.earlyNanos()) {
                silence.checkedEarly();
                due = true;
            }
        }
        return due;
    }

    /** {@return whether the last check is so long ago that another fresh connection is justified} */
    private boolean isRested(long now) {
        return lastEnd == NEVER || now - lastEnd >= limits.checkAfterNanos();
    }

    private static long longest(List<Silence> silences, long now) {
        long longest = 0;
        for (Silence silence : silences) {
            if (isStatement(silence)) {
                longest = Math.max(longest, silence.nanosAt(now));
            }
        }
        return longest;
    }

    private static boolean isStatement(Silence silence) {
        return !silence.connection().isAwaitingNotifications();
    }

    private void check(List<Silence> silences, List<MonitoredConnection> cohort, Duration budget) {
        long begin = clock.nanoTime();
        List<MonitoredConnection> connections = new ArrayList<>(silences.size());
        for (Silence silence : silences) {
            connections.add(silence.connection());
        }
        Answer answer = probe.ask(address, connections, budget);
        Elsewhere elsewhere = answer instanceof NoAnswer ? probe.tryElsewhere(address, ELSEWHERE_BUDGET) : null;
        count(answer, begin);
        lastEnd = clock.nanoTime();
        againAt = NEVER;
        List<Silence> ended = new ArrayList<>(0);
        Verdict worst = Verdict.KEEP;
        for (Silence silence : silences) {
            Verdict verdict = judge(silence, answer, elsewhere);
            // the answer may have arrived during the check
            if (verdict != Verdict.KEEP && silence.lasts()) {
                worst = worst.compareTo(verdict) > 0 ? worst : verdict;
                if (verdict.ends()) {
                    ended.add(silence);
                }
            }
        }
        if (!ended.isEmpty()) {
            end(ended, cohort, worst, begin, answer, elsewhere);
        }
    }

    /** Counts the attempts in a row that were not answered. A pause between statements ends the row. */
    private void count(Answer answer, long begin) {
        boolean fails = answer instanceof NoAnswer;
        boolean continues = failedAttempts > 0 && begin - lastEnd < SAME_OUTAGE_NANOS;
        if (fails && !continues) {
            unansweredSince = begin;
            failedAttempts = 0;
        }
        failedAttempts = fails ? failedAttempts + 1 : 0;
        if (fails && failedAttempts == 1) {
            report.unanswered(address);
        }
    }

    private Verdict judge(Silence silence, Answer answer, @Nullable Elsewhere elsewhere) {
        MonitoredConnection connection = silence.connection();
        long silent = silence.nanosAt(lastEnd);
        Verdict verdict = new Observation(
                        connection.identity(),
                        connection.isAwaitingNotifications(),
                        Duration.ofNanos(silent),
                        Duration.ofNanos(limits.checkAfterNanos()),
                        answer,
                        answer instanceof Report reported ? reported.sessions().get(connection) : null,
                        elsewhere,
                        silence.isConfirming(),
                        failedAttempts,
                        Duration.ofNanos(lastEnd - unansweredSince))
                .verdict();
        silence.confirm(verdict == Verdict.CONFIRM);
        if (verdict == Verdict.ASK_AGAIN) {
            againAt = lastEnd + ASK_AGAIN_NANOS;
        } else if (verdict == Verdict.CONFIRM) {
            againAt = lastEnd + Math.max(CONFIRM_NANOS, limits.checkAfterNanos() - silent);
        }
        return verdict;
    }

    /** Ends the connections, and makes the pool drop the idle ones that are in the same situation. */
    private void end(
            List<Silence> ended,
            List<MonitoredConnection> cohort,
            Verdict verdict,
            long begin,
            Answer answer,
            @Nullable Elsewhere elsewhere) {
        ServerIdentity present = answer instanceof Report reported ? reported.identity() : null;
        long since = begin;
        if (verdict == Verdict.LOST) {
            // the server works: only connections that were silent for as long are in doubt
            since = begin - longest(ended, begin);
            present = null;
        }
        suspects.suspect(address, since, present);
        Set<MonitoredConnection> all = new HashSet<>();
        for (Silence silence : ended) {
            all.add(silence.connection());
        }
        if (verdict.isAboutServer()) {
            for (MonitoredConnection connection : cohort) {
                if (suspects.contains(connection)) {
                    all.add(connection);
                }
            }
        }
        String reason = report.ended(address, all.size(), verdict, ended.get(0).nanosAt(lastEnd), elsewhere);
        for (MonitoredConnection connection : all) {
            connection.end(reason);
        }
    }
}
