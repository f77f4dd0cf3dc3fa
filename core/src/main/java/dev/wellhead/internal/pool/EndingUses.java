package dev.wellhead.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what ends a use from one call on a thread to the next one: HikariCP makes both, one right after the other. A
 * {@code ThreadLocal} would cost every return what this costs only those that have something to hand over. Threads share
 * places: where two meet, one finds nothing and the other what is not its own, which the use itself notices.
 */
public final class EndingUses {

    private static final int PLACES_PER_PROCESSOR = 4;
    private static final int MOST_PLACES = 64;

    /** A cache line at least. */
    private static final int REFERENCES_PER_PLACE = 16;

    private static final int PLACES = Integer.highestOneBit(
            Math.min(Runtime.getRuntime().availableProcessors() * PLACES_PER_PROCESSOR, MOST_PLACES) * 2 - 1);

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(LongSupplier[].class);

    private final @Nullable LongSupplier[] places = new LongSupplier[PLACES * REFERENCES_PER_PLACE];

    public void put(LongSupplier use) {
        PLACE.setRelease(places, place(), use);
    }

    /** {@return whether there is nothing for this thread} */
    public boolean isEmpty() {
        return at(place()) == null;
    }

    /** {@return what was put last on this thread, or on another that shares its place; null where it was taken} */
    @Nullable
    public LongSupplier take() {
        int place = place();
        LongSupplier use = at(place);
        if (use != null) {
            PLACE.setRelease(places, place, (LongSupplier) null);
        }
        return use;
    }

    private @Nullable LongSupplier at(int place) {
        return (LongSupplier) PLACE.getVolatile(places, place);
    }

    private int place() {
        return ((int) Thread.currentThread().getId() & (PLACES - 1)) * REFERENCES_PER_PLACE;
    }
}
