package dev.wellhead.internal.pool.rotation;

/**
 * Decides when new credentials are tried: immediately, and while the server refuses them after 1, 2, 4 ... 30 s. Not
 * thread-safe.
 */
final class ProofSchedule {

    private static final long SHORTEST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private long setGeneration = Long.MIN_VALUE;
    private long dueAt;
    private long pauseMillis = SHORTEST_MILLIS;

    /** {@return whether this is a set that was not scheduled before} It is due now. */
    boolean begin(long generation, long nowMillis) {
        if (generation == setGeneration) {
            return false;
        }
        setGeneration = generation;
        dueAt = nowMillis;
        pauseMillis = SHORTEST_MILLIS;
        return true;
    }

    boolean isDue(long nowMillis) {
        return nowMillis >= dueAt;
    }

    /** {@return whether this is the first failure of the set} */
    boolean failed(long nowMillis) {
        boolean first = pauseMillis == SHORTEST_MILLIS;
        dueAt = nowMillis + pauseMillis;
        pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
        return first;
    }
}
