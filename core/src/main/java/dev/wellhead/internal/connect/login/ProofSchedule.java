package dev.wellhead.internal.connect.login;

/**
 * Schedules the attempts to log in with new credentials. The first attempt is due immediately. After each failed
 * attempt, the pause before the next one doubles, from 1 s to at most 30 s. Thread-safe.
 */
public final class ProofSchedule {

    private static final long SHORTEST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 30_000;

    private long setGeneration = Long.MIN_VALUE;
    private long placeNumber;
    private long dueAt;
    private long pauseMillis = SHORTEST_MILLIS;

    /**
     * {@return whether this generation, or the place to prove it at, is new} Then the first attempt is due immediately.
     *
     * @param place the number of the place that is not proven yet
     */
    public synchronized boolean begin(long generation, long place, long nowMillis) {
        if (generation == setGeneration && place == placeNumber) {
            return false;
        }
        setGeneration = generation;
        placeNumber = place;
        dueAt = nowMillis;
        pauseMillis = SHORTEST_MILLIS;
        return true;
    }

    public synchronized boolean isDue(long nowMillis) {
        return nowMillis >= dueAt;
    }

    /** {@return whether this is the first failure of the generation} Schedules the next attempt. */
    public synchronized boolean failed(long nowMillis) {
        boolean first = pauseMillis == SHORTEST_MILLIS;
        dueAt = nowMillis + pauseMillis;
        pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
        return first;
    }
}
