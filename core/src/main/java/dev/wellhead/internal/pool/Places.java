package dev.wellhead.internal.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place that a pool uses, and the one that the source of its credentials names now, which is proven with a real
 * connection before it is used. As soon as it is proven, the previous one is forgotten: it may be a database that must not
 * be written to any more. Thread-safe.
 */
final class Places {

    private @Nullable Place proven;
    private @Nullable Place announced;
    private boolean provenFailed;
    private boolean provenIsWithdrawn;

    /** {@return the place that a connection has proven, or else the one that was announced first; null if there is none} */
    synchronized @Nullable Place current() {
        return proven == null ? announced : proven;
    }

    /** {@return the place that the source names and that is not proven yet; null if there is none} */
    synchronized @Nullable Place announced() {
        return announced;
    }

    synchronized @Nullable Place proven() {
        return proven;
    }

    /** Replaces the place that is not proven. */
    synchronized void announce(@Nullable Place place) {
        announced = place;
        provenIsWithdrawn = false;
    }

    /** Replaces the proven place by one with the same server and database. */
    synchronized void renew(Place place) {
        proven = place;
        announced = null;
        provenIsWithdrawn = false;
    }

    /** {@return the place to try next; null if all were tried} The one that failed last is tried last. */
    synchronized @Nullable Place next(List<Place> tried) {
        Place first = provenFailed ? announced : proven;
        Place second = provenFailed ? proven : announced;
        if (first != null && !tried.contains(first)) {
            return first;
        }
        return second != null && !tried.contains(second) ? second : null;
    }

    /** {@return whether another place replaces the proven one} */
    synchronized boolean opened(Place place) {
        Place before = proven;
        if (before != null && place.number() < before.number()) {
            return false;
        }
        boolean isMove = before != null && place.number() > before.number();
        if (isMove) {
            provenIsWithdrawn = announced == null;
        }
        proven = place;
        provenFailed = false;
        if (place.equals(announced)) {
            announced = null;
        }
        return isMove;
    }

    /**
     * {@return whether the source named another place again while a connection to the place that is proven now was opening}
     * Then what the source names has to be announced again.
     */
    synchronized boolean isProvenWithdrawn() {
        return provenIsWithdrawn;
    }

    synchronized void failed(Place place) {
        provenFailed = place.equals(proven);
    }

    /** {@return whether the source should be read again: no connection opens, or the place that it names is not proven} */
    synchronized boolean areInDoubt() {
        return provenFailed || announced != null;
    }
}
