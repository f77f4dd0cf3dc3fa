package dev.wellhead.benchmarks.contestants;

import java.util.Map;

/**
 * The load that every library gets.
 *
 * @param threads the number of threads
 * @param pauseMillis the pause of a thread between two operations
 * @param read the statement of the readers
 * @param write the statement of every second thread; empty if all threads read
 * @param evictOneIn a thread closes one in this many of the connections that it used; 0 if it closes none
 */
record LoadPlan(int threads, int pauseMillis, String read, String write, int evictOneIn) {

    static LoadPlan of(Map<String, String> environment) {
        return new LoadPlan(
                Integer.parseInt(environment.getOrDefault("ARENA_THREADS", "8")),
                Integer.parseInt(environment.getOrDefault("ARENA_PAUSE_MILLIS", "20")),
                environment.getOrDefault("ARENA_READ", "SELECT 1"),
                environment.getOrDefault("ARENA_WRITE", ""),
                Integer.parseInt(environment.getOrDefault("ARENA_EVICT_ONE_IN", "0")));
    }
}
