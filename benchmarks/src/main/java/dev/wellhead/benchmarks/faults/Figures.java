package dev.wellhead.benchmarks.faults;

/**
 * The effects of one fault on one contestant. A time is infinite if the event did not happen while the contestants were
 * observed.
 *
 * @param faultMillis how long the fault lasted
 * @param failedBorrows the failed attempts to acquire a connection
 * @param longestMillis the longest attempt, whether it succeeded or not
 * @param longestOperationMillis the longest attempt together with its statement
 * @param firstMillis the time from the end of the fault to the first success
 * @param allBackMillis the time from the end of the fault until every thread has had a success
 * @param completeMillis the time from the first success until every thread held a connection at the same time, which
 *     needs statements that take longer than the pauses
 * @param lost the statements that were started and then failed or were not answered
 * @param answered the statements that were answered during the fault
 * @param firstFailure SQLSTATE and message of the first failure; empty if there was none
 */
record Figures(
        double faultMillis,
        double failedBorrows,
        double longestMillis,
        double longestOperationMillis,
        double firstMillis,
        double allBackMillis,
        double completeMillis,
        double lost,
        double answered,
        String firstFailure) {}
