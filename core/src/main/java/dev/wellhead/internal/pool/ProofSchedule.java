package dev.wellhead.internal.pool;

/** When to try new credentials: at once, and while the server does not take them after 1, 2, 4 ... 30 s. Not thread-safe. */
public final class ProofSchedule {

    private static final long SHORTEST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private long generation = Long.MIN_VALUE;
    private long dueAt;
    private long pauseMillis = SHORTEST_MILLIS;

    /** {@return whether these are seen for the first time} They are due now then. */
    public boolean isNew(long setGeneration, long nowMillis) {
        if (setGeneration == generation) {
            return false;
        }
        generation = setGeneration;
        dueAt = nowMillis;
        pauseMillis = SHORTEST_MILLIS;
        return true;
    }

    public boolean isDue(long nowMillis) {
        return nowMillis >= dueAt;
    }

    /** {@return whether it is the first time these credentials failed} */
    public boolean failed(long nowMillis) {
        boolean first = pauseMillis == SHORTEST_MILLIS;
        dueAt = nowMillis + pauseMillis;
        pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
        return first;
    }
}
