package dev.wellhead.benchmarks.faults;

import java.util.List;

/**
 * One fault of the arena.
 *
 * @param name the name for {@code -Dfaults}
 * @param title the heading of its section
 * @param description what happens, in complete sentences
 * @param promise what Wellhead promises
 * @param contestants the libraries that take part
 * @param script starts the contestants and injects the fault
 */
record Fault(
        String name, String title, String description, Promise promise, List<Contestant> contestants, Script script) {

    /** Starts servers and contestants, injects the fault, ends it, and waits until the contestants are back. */
    @FunctionalInterface
    interface Script {
        void perform(Bout bout) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
