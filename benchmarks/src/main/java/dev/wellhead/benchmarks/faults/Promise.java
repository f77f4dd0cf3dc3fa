package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits that Wellhead must not exceed in any round. A limit is infinite if there is none.
 *
 * @param failedBorrows the highest number of failed borrows
 * @param longestMillis the longest borrow
 * @param firstMillis the latest first success after the end of the fault
 * @param allBackMillis the latest time at which every thread has had a success after the end of the fault
 */
record Promise(double failedBorrows, double longestMillis, double firstMillis, double allBackMillis) {

    private static final double NONE = Double.POSITIVE_INFINITY;

    /** No borrow fails, and every thread continues within this time after the end of the fault. */
    static Promise noFailureAndBackWithin(double millis) {
        return new Promise(0, NONE, millis, millis);
    }

    /** Every thread continues within this time after the end of the fault. */
    static Promise backWithin(double millis) {
        return new Promise(NONE, NONE, millis, millis);
    }

    /** No borrow fails or takes longer. */
    static Promise noFailureAndLongest(double millis) {
        return new Promise(0, millis, NONE, NONE);
    }

    /** No borrow fails. */
    static Promise noFailure() {
        return new Promise(0, NONE, NONE, NONE);
    }

    boolean isKept(Figures figures) {
        return figures.failedBorrows() <= failedBorrows
                && figures.longestMillis() <= longestMillis
                && figures.firstMillis() <= firstMillis
                && figures.allBackMillis() <= allBackMillis;
    }

    /** {@return whether the promise contains a time until every thread is back} */
    boolean isAboutReturn() {
        return allBackMillis < NONE;
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
        if (isAboutReturn()) {
            parts.add("all threads back within " + Figure.time(allBackMillis));
        }
        return String.join(", ", parts);
    }
}
