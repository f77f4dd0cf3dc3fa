package dev.wellhead.otel;

import java.util.HashSet;
import java.util.Set;

/**
 * Pool names in use in this process, since the semantic conventions ask for names that are unique in an application and
 * two series that differ in nothing would be mixed up. Thread-safe.
 */
final class PoolNames {

    static final PoolNames OF_THIS_PROCESS = new PoolNames();

    private final Set<String> taken = new HashSet<>();

    /** {@return {@code name}, or with {@code #2} and so on behind it where an open pool has that name} */
    synchronized String claim(String name) {
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = name + "#" + number;
        }
        return unique;
    }

    synchronized void release(String unique) {
        taken.remove(unique);
    }
}
