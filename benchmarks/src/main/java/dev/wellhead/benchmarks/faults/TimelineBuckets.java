package dev.wellhead.benchmarks.faults;

/** A timeline in a fixed number of intervals of the same length. */
final class TimelineBuckets {

    static final int COUNT = 160;

    private static final double MICROS_PER_SECOND = 1e6;

    private final double[] waitSeconds = new double[COUNT];
    private final int[] failed = new int[COUNT];
    private final long from;
    private final double length;

    /**
     * @param from the beginning of the first interval; the last one ends with the observation
     */
    TimelineBuckets(Timeline timeline, long from) {
        this.from = from;
        this.length = (timeline.stopped() - from) / (double) COUNT;
        for (Operation operation : timeline.operations()) {
            long end = operation.began() + operation.borrowMicros(timeline.stopped());
            if (end >= from) {
                add(operation, Math.min(end, timeline.stopped()));
            }
        }
    }

    /** {@return the longest time that an attempt had waited for a connection during this interval} */
    double waitSeconds(int bucket) {
        return waitSeconds[bucket];
    }

    /** {@return the attempts to acquire a connection that failed during this interval} */
    int failed(int bucket) {
        return failed[bucket];
    }

    double longestWait() {
        double longest = 0;
        for (double wait : waitSeconds) {
            longest = Math.max(longest, wait);
        }
        return longest;
    }

    int mostFailed() {
        int most = 0;
        for (int count : failed) {
            most = Math.max(most, count);
        }
        return most;
    }

    private void add(Operation operation, long end) {
        int last = bucket(end);
        for (int i = bucket(Math.max(from, operation.began())); i <= last; i++) {
            double until = Math.min((double) end, from + (i + 1) * length);
            waitSeconds[i] = Math.max(waitSeconds[i], (until - operation.began()) / MICROS_PER_SECOND);
        }
        if (operation.isFailedBorrow()) {
            failed[last]++;
        }
    }

    private int bucket(long time) {
        return Math.min(COUNT - 1, (int) ((time - from) / length));
    }
}
