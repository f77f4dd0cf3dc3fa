package dev.wellhead.internal.connect;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The use of a connection as the wire shows it, from the first byte that is sent: who borrows a connection mostly sends at
 * once, and a reading of the clock is nothing beside a round trip. Costs nothing until somebody wants to know. Not
 * thread-safe, as a connection is used by one thread after the other.
 */
public final class Use implements LongSupplier {

    private final LongSupplier nanoTime;
    private @Nullable Consumer<? super LongSupplier> returning;
    private long begin;
    private boolean begun;
    private @Nullable Thread user;

    /** Of all who set the network time-out HikariCP comes first, and always with the same executor. */
    private @Nullable Executor pool;

    private boolean setByBorrower;

    public Use(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** From now on {@code told} gets this before a use ends in which anything was sent. */
    public void tell(Consumer<? super LongSupplier> told) {
        returning = told;
    }

    public void sent() {
        if (!begun && returning != null) {
            begin = nanoTime.getAsLong();
            begun = true;
        }
    }

    /** Called before a use ends; may be called before that. */
    public void mayEnd() {
        setByBorrower = false;
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

    /**
     * HikariCP sets it around what it sends on its own when it sets a connection up or validates it, which is nobody's use.
     * Where a borrower has set it, HikariCP sets it back, and that is still the borrower's use.
     */
    public void networkTimeoutSet(@Nullable Executor by) {
        if (pool == null) {
            pool = by;
        }
        if (by != pool) {
            setByBorrower = true;
        } else if (setByBorrower) {
            setByBorrower = false;
        } else {
            begun = false;
        }
    }
}
