package dev.wellhead.internal.metrics;

import java.util.HashSet;
import java.util.Set;

/**
 * The pool names in use in this process, for one metrics library. The semantic conventions require pool names that are
 * unique within the application; otherwise two pools would write to the same time series. Thread-safe.
 */
public final class PoolNames {

    private final Set<String> claimed = new HashSet<>();

    /** {@return {@code name}, or {@code name#2}, {@code name#3} and so on if an open pool already has it} */
    public synchronized String claim(String name) {
        String unique = name;
        for (int number = 2; !claimed.add(unique); number++) {
            unique = name + "#" + number;
        }
        return unique;
    }

    public synchronized void release(String unique) {
        claimed.remove(unique);
    }
}
