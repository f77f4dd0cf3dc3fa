package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The limits that Wellhead must keep in every round. A highest value is infinite if there is no limit.
 *
 * @param failedBorrows the highest number of failed borrows
 * @param longestMillis the longest borrow
 * @param backMillis the latest time, from the end of the fault, at which every thread has had a success
 * @param completeMillis the longest time from the first success until the pool is complete
 * @param shareOfAnswers the fewest answered statements, as a share of those of HikariCP; 0 if there is no limit
 */
record Promise(
        double failedBorrows, double longestMillis, double backMillis, double completeMillis, double shareOfAnswers) {

    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final int PERCENT = 100;

    /** No borrow fails, and every thread continues within this time after the end of the fault. */
    static Promise noFailureAndBackWithin(double millis) {
        return new Promise(0, NONE, millis, NONE, 0);
    }

    /** Every thread continues within this time after the end of the fault. */
    static Promise backWithin(double millis) {
        return new Promise(NONE, NONE, millis, NONE, 0);
    }

    /** No borrow fails, and the pool is complete within this time after the first success. */
    static Promise noFailureAndCompleteWithin(double millis) {
        return new Promise(0, NONE, NONE, millis, 0);
    }

    /** No borrow fails or takes longer. */
    static Promise noFailureAndLongest(double millis) {
        return new Promise(0, millis, NONE, NONE, 0);
    }

    /** No borrow fails, and at least this share of the number of statements that HikariCP runs is answered. */
    static Promise noFailureAndAnswers(double shareOfHikari) {
        return new Promise(0, NONE, NONE, NONE, shareOfHikari);
    }

    /** No borrow fails. */
    static Promise noFailure() {
        return new Promise(0, NONE, NONE, NONE, 0);
    }

    /** {@return whether Wellhead kept the limits in a round} */
    boolean isKept(Map<Contestant, Figures> round) {
        Figures own = figures(round, Contestant.WELLHEAD);
        return own.failedBorrows() <= failedBorrows
                && own.longestMillis() <= longestMillis
                && own.allBackMillis() <= backMillis
                && own.completeMillis() <= completeMillis
                && (shareOfAnswers == 0
                        || own.answered()
                                >= shareOfAnswers
                                        * figures(round, Contestant.HIKARICP).answered());
    }

    /** {@return whether the promise contains a time until the threads continue} */
    boolean isAboutReturn() {
        return backMillis < NONE || isAboutCompletion();
    }

    /** {@return whether the promise contains a time until the pool is complete} */
    boolean isAboutCompletion() {
        return completeMillis < NONE;
    }

    /** {@return the limits in words} */
    String describe() {
        List<String> parts = new ArrayList<>();
        if (failedBorrows == 0) {
            parts.add("no failed borrow");
        }
        if (longestMillis < NONE) {
            parts.add("longest borrow at most " + Figure.time(longestMillis));
        }
        if (backMillis < NONE) {
            parts.add("all threads back within " + Figure.time(backMillis));
        }
        if (isAboutCompletion()) {
            parts.add("pool complete within " + Figure.time(completeMillis) + " after the first success");
        }
        if (shareOfAnswers > 0) {
            parts.add("at least " + Figure.count(shareOfAnswers * PERCENT) + " % of the answers of HikariCP");
        }
        return String.join(", ", parts);
    }

    private static Figures figures(Map<Contestant, Figures> round, Contestant contestant) {
        return Objects.requireNonNull(round.get(contestant), contestant::title);
    }
}
