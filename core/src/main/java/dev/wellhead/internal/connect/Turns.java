package dev.wellhead.internal.connect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The order in which one search tries servers, or the addresses of one server: first the listed ones, then the
 * fallback, and those that do not answer last. Used once, on one thread.
 */
final class Turns<T> {

    private final SilentServers silent;
    private final Deque<T> listed = new ArrayDeque<>(4);
    private final Deque<T> fallback = new ArrayDeque<>(1);
    private final Deque<T> unresponsive = new ArrayDeque<>(1);
    private final boolean single;
    private boolean quick;

    /**
     * @param listed in the order in which they are tried
     * @param fallback tried if none of the listed ones can be used
     */
    Turns(List<T> listed, List<T> fallback, SilentServers silent) {
        this.silent = silent;
        this.single = listed.size() + fallback.size() == 1;
        add(listed, this.listed);
        add(fallback, this.fallback);
    }

    private void add(List<T> places, Deque<T> turns) {
        for (int i = 0; i < places.size(); i++) {
            T place = places.get(i);
            boolean last = !single && silent.isSilent(place);
            (last ? unresponsive : turns).add(place);
        }
    }

    /** {@return how many are left} */
    int left() {
        return listed.size() + fallback.size() + unresponsive.size();
    }

    /** {@return whether a listed one is left that is expected to answer} */
    boolean hasListed() {
        return !listed.isEmpty();
    }

    /** {@return the next one, which is then the current one} At least one is left. */
    T next() {
        Deque<T> turns = !listed.isEmpty() ? listed : !fallback.isEmpty() ? fallback : unresponsive;
        quick = !single && turns != unresponsive;
        return turns.remove();
    }

    /** {@return whether the current one must answer quickly, because it is tried again after the others} */
    boolean isQuick() {
        return quick;
    }

    /** Tries the current one again after the others, with all the time that is left. */
    void postpone(T current) {
        unresponsive.add(current);
    }
}
