package dev.wellhead.connect;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The use of a connection as the wire shows it, from the first byte that is sent: who borrows a connection mostly sends at
 * once, and a reading of the clock is nothing beside a round trip. Costs nothing until somebody wants to know. Not
 * thread-safe, as a connection is used by one thread after the other.
 */
final class Use implements LongSupplier {

    private final LongSupplier nanoTime;
    private @Nullable Consumer<? super LongSupplier> returning;
    private long begin;
    private boolean begun;
    private @Nullable Thread user;

    Use(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** From now on {@code told} gets this before a use ends in which anything was sent. */
    void tell(Consumer<? super LongSupplier> told) {
        returning = told;
    }

    void sent() {
        if (!begun && returning != null) {
            begin = nanoTime.getAsLong();
            begun = true;
        }
    }

    /** Called before a use ends; may be called before that. */
    void mayEnd() {
        if (begun && returning != null) {
            user = Thread.currentThread();
            returning.accept(this);
        }
    }

    /** {@return nanoseconds since the first byte; below zero on another thread than the one that used it} Ends the use. */
    @Override
    public long getAsLong() {
        if (user != Thread.currentThread()) {
            return -1;
        }
        user = null;
        begun = false;
        return nanoTime.getAsLong() - begin;
    }

    /** What was sent was nobody's use. */
    void forget() {
        begun = false;
    }
}
