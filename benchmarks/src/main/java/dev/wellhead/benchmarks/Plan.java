package dev.wellhead.benchmarks;

/**
 * The number and duration of the measurements.
 *
 * @param borrowRounds rounds of acquire and return; each round starts one JVM per library
 * @param selectRounds rounds of acquire, SELECT 1 and return
 * @param connectRounds rounds of physical connections
 * @param warmupSeconds warm-up of each JVM
 * @param measuredSeconds measurement in each JVM
 * @param processes runs of each program to its first row, for each way to start it
 */
record Plan(
        int borrowRounds, int selectRounds, int connectRounds, int warmupSeconds, int measuredSeconds, int processes) {

    /** The plan for published figures. Takes about ten minutes on two cores. */
    static final Plan FULL = new Plan(7, 3, 3, 2, 4, 31);

    /** A short sample. Takes about two minutes. */
    static final Plan QUICK = new Plan(1, 1, 1, 1, 2, 9);
}
