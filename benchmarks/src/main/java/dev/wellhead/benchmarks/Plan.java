package dev.wellhead.benchmarks;

/**
 * How long to measure.
 *
 * @param borrowRounds rounds of borrow and return, each a fresh JVM for either library
 * @param selectRounds rounds of borrow, SELECT 1 and return
 * @param connectRounds rounds of physical connects
 * @param warmupSeconds of each JVM
 * @param measuredSeconds of each JVM
 * @param processes runs of each program to its first row, for each way to start it
 */
record Plan(
        int borrowRounds, int selectRounds, int connectRounds, int warmupSeconds, int measuredSeconds, int processes) {

    /** For the record: about ten minutes on two cores. */
    static final Plan FULL = new Plan(7, 3, 3, 2, 4, 31);

    /** For a look: about two minutes. */
    static final Plan QUICK = new Plan(1, 1, 1, 1, 2, 9);
}
