package dev.wellhead.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what ends a use from one call on a thread to the next one: HikariCP makes both, one right after the other. A
 * {@code ThreadLocal} would cost every return what this costs only those that have something to hand over. Threads share
 * places: where two meet, one finds nothing and the other what is not its own, which the use itself notices.
 */
final class EndingUses {

    private static final int PLACES_PER_PROCESSOR = 4;
    private static final int MOST_PLACES = 64;

    /** A cache line at least. */
    private static final int REFERENCES_PER_PLACE = 16;

    private final AtomicReferenceArray<@Nullable LongSupplier> places;
    private final int mask;

    EndingUses(int processors) {
        int count = Integer.highestOneBit(Math.min(processors * PLACES_PER_PROCESSOR, MOST_PLACES) * 2 - 1);
        this.places = new AtomicReferenceArray<>(count * REFERENCES_PER_PLACE);
        this.mask = count - 1;
    }

    void put(LongSupplier use) {
        places.lazySet(place(), use);
    }

    /** {@return whether there is nothing for this thread} */
    boolean isEmpty() {
        return places.get(place()) == null;
    }

    /** {@return what was put last on this thread, or on another that shares its place; null where it was taken} */
    @Nullable
    LongSupplier take() {
        int place = place();
        LongSupplier use = places.get(place);
        if (use != null) {
            places.lazySet(place, null);
        }
        return use;
    }

    private int place() {
        return ((int) Thread.currentThread().getId() & mask) * REFERENCES_PER_PLACE;
    }
}
