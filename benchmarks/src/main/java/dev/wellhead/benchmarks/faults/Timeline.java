package dev.wellhead.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * What one contestant did during one fault. Times are microseconds since 1970.
 *
 * @param operations every operation, in the order of their ends
 * @param threads the number of threads of the load
 * @param began when the fault began
 * @param ended when the fault ended; equal to {@code began} if it is a single event
 * @param stopped when the observation ended
 */
record Timeline(List<Operation> operations, int threads, long began, long ended, long stopped) {

    /** An operation that was interrupted by the end of the observation counts only if it had taken this long. */
    private static final long PENDING_MICROS = 1_000_000;

    private static final double MICROS_PER_MILLI = 1_000;

    Timeline {
        operations = List.copyOf(operations);
    }

    /** {@return the operations that the fault can have affected: those that ended after it began} */
    List<Operation> affected() {
        List<Operation> affected = new ArrayList<>();
        for (Operation operation : operations) {
            boolean cutOff =
                    operation.outcome() == Operation.Outcome.PENDING && stopped - operation.began() < PENDING_MICROS;
            if (!cutOff && operation.endedOr(stopped) >= began) {
                affected.add(operation);
            }
        }
        return affected;
    }

    Figures figures() {
        int failedBorrows = 0;
        int lost = 0;
        int answered = 0;
        long longest = 0;
        long longestOperation = 0;
        String firstFailure = "";
        for (Operation operation : affected()) {
            failedBorrows += operation.isFailedBorrow() ? 1 : 0;
            lost += operation.isLostStatement() ? 1 : 0;
            answered += operation.isAnswered() && operation.ended() <= (ended == began ? stopped : ended) ? 1 : 0;
            longest = Math.max(longest, operation.borrowMicros(stopped));
            longestOperation = Math.max(longestOperation, operation.endedOr(stopped) - operation.began());
            if (firstFailure.isEmpty() && operation.outcome() == Operation.Outcome.FAILED) {
                firstFailure = "`" + operation.sqlState() + "` " + operation.message();
            }
        }
        double[] back = threadsBack();
        double first = Double.POSITIVE_INFINITY;
        double last = 0;
        for (double thread : back) {
            first = Math.min(first, thread);
            last = Math.max(last, thread);
        }
        return new Figures(
                (ended - began) / MICROS_PER_MILLI,
                failedBorrows,
                longest / MICROS_PER_MILLI,
                longestOperation / MICROS_PER_MILLI,
                first,
                last,
                completeMillis(first),
                lost,
                answered,
                firstFailure);
    }

    /**
     * {@return for each thread, the milliseconds from the end of the fault to its next success; infinite if there is
     * none}
     */
    private double[] threadsBack() {
        double[] back = new double[threads];
        for (int thread = 0; thread < threads; thread++) {
            back[thread] = Double.POSITIVE_INFINITY;
        }
        for (Operation operation : operations) {
            if (operation.isAnswered() && operation.ended() >= ended) {
                double after = (operation.ended() - ended) / MICROS_PER_MILLI;
                back[operation.thread()] = Math.min(back[operation.thread()], after);
            }
        }
        return back;
    }

    /** {@return the milliseconds from the first success until every thread held a connection at the same time} */
    private double completeMillis(double first) {
        List<Operation> after = operations.stream()
                .filter(operation -> operation.isAnswered() && operation.acquired() >= ended)
                .toList();
        long[] acquired = after.stream().mapToLong(Operation::acquired).sorted().toArray();
        long[] returned = after.stream().mapToLong(Operation::ended).sorted().toArray();
        int returns = 0;
        for (int i = 0; i < acquired.length; i++) {
            while (returns < i && returned[returns] <= acquired[i]) {
                returns++;
            }
            if (i + 1 - returns == threads) {
                return Math.max(0, (acquired[i] - ended) / MICROS_PER_MILLI - first);
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
