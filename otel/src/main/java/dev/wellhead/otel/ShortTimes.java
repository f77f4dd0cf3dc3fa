package dev.wellhead.otel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts waits of under a millisecond, and uses of under a millisecond, until metrics are collected: recording them one
 * by one would cost a borrower as much as the two readings of the clock that it takes to know them. Per bucket, so that
 * what is recorded at last is exact in its counts and its sum.
 *
 * <p>Striped by thread, a cache line per stripe. Thread-safe; nothing is lost or counted twice.
 */
final class ShortTimes {

    /** Told what was counted. */
    interface Drain {
        /**
         * Several waits out of one bucket.
         *
         * @param count how many
         * @param nanos all together
         */
        void waited(long count, long nanos);

        /** Several uses of under a millisecond. */
        void used(long count);
    }

    /** What takes longer is not short. */
    static final long LIMIT_NANOS = 1_000_000;

    /** As the buckets of a wait end. */
    private static final long FIRST_BUCKET_NANOS = 10_000;

    private static final long SECOND_BUCKET_NANOS = 100_000;
    private static final int WAIT_BUCKETS = 3;

    /** Longs per stripe: two cache lines, since processors fetch them in pairs. */
    private static final int STRIDE = 16;

    private static final int USES = WAIT_BUCKETS;

    /** A cell holds the sum of nanoseconds below this bit and the count from it on: one addition does both. */
    private static final int COUNT_SHIFT = 44;

    private static final long ONE = 1L << COUNT_SHIFT;
    private static final long SUM_MASK = ONE - 1;

    /** Half of what fits: a cell that holds this many is relieved of some, and other threads meanwhile have as much room. */
    private static final long FULL = 1L << 18;

    /** No borrower records more than this on behalf of others: some microseconds. */
    private static final long RELIEF = 64;

    private final AtomicLongArray cells;
    private final int mask;
    private final Drain overflow;

    /** @param overflow told what does not fit between two collections */
    ShortTimes(int processors, Drain overflow) {
        int stripes = Integer.highestOneBit(Math.max(1, Math.min(processors, 32)) * 2 - 1);
        this.cells = new AtomicLongArray(stripes * STRIDE);
        this.mask = stripes - 1;
        this.overflow = overflow;
    }

    /** @param nanos below {@link #LIMIT_NANOS} */
    void waited(long nanos) {
        int bucket = nanos <= FIRST_BUCKET_NANOS ? 0 : nanos <= SECOND_BUCKET_NANOS ? 1 : 2;
        int cell = stripe() + bucket;
        long before = cells.getAndAdd(cell, ONE + nanos);
        if (before >>> COUNT_SHIFT >= FULL) {
            relieve(cell);
        }
    }

    void used() {
        cells.getAndIncrement(stripe() + USES);
    }

    private int stripe() {
        return ((int) Thread.currentThread().getId() & mask) * STRIDE;
    }

    void drainTo(Drain drain) {
        for (int stripe = 0; stripe < cells.length(); stripe += STRIDE) {
            for (int bucket = 0; bucket < WAIT_BUCKETS; bucket++) {
                drain(stripe + bucket, drain);
            }
            long uses = cells.getAndSet(stripe + USES, 0);
            if (uses > 0) {
                drain.used(uses);
            }
        }
    }

    private void relieve(int cell) {
        long counted = cells.get(cell);
        long count = counted >>> COUNT_SHIFT;
        if (count < RELIEF) {
            return;
        }
        long nanos = (counted & SUM_MASK) / count * RELIEF;
        // whoever fails was preceded by a thread that did it, or by a collection
        if (cells.compareAndSet(cell, counted, counted - (RELIEF << COUNT_SHIFT) - nanos)) {
            overflow.waited(RELIEF, nanos);
        }
    }

    private void drain(int cell, Drain drain) {
        long counted = cells.getAndSet(cell, 0);
        if (counted != 0) {
            drain.waited(counted >>> COUNT_SHIFT, counted & SUM_MASK);
        }
    }
}
