package dev.wellhead.otel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Counts times of under a millisecond until they are recorded: recording them one by one would cost a borrower as much as
 * the readings of the clock that it takes to know them. Per bucket, so that what is recorded at last is exact in its
 * counts and its sum.
 *
 * <p>Striped by thread, so that threads which borrow at the same time seldom share a cache line. Thread-safe; nothing is
 * lost or counted twice.
 */
final class ShortTimes {

    /** Told what was counted. */
    @FunctionalInterface
    interface Drain {
        /**
         * Several times out of one bucket.
         *
         * @param count how many
         * @param nanos all together
         */
        void record(long count, long nanos);
    }

    /** What takes as long or longer is not short. */
    private static final long LIMIT_NANOS = 1_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    /** A cell holds the sum of nanoseconds below this bit and the count from it on: one addition does both. */
    private static final int COUNT_SHIFT = 44;

    private static final long ONE = 1L << COUNT_SHIFT;
    private static final long SUM_MASK = ONE - 1;

    /** Some eighty microseconds to record. One less than a power of two. */
    private static final long MANY = 4_095 * ONE;

    /** Half of what fits, so that those who count at the same moment find room: then no more are counted for a while. */
    private static final long FULL = (1L << 18) * ONE;

    /** Two cache lines, since processors fetch them in pairs. */
    private static final int LONGS_PER_STRIPE = 16;

    private static final int STRIPES_PER_PROCESSOR = 4;
    private static final int MOST_STRIPES = 64;

    /** A constant to the compiler, as {@link #CELL} is: together that is about a nanosecond of every borrow. */
    private static final int STRIPES = Integer.highestOneBit(
            Math.min(Runtime.getRuntime().availableProcessors() * STRIPES_PER_PROCESSOR, MOST_STRIPES) * 2 - 1);

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long first;
    private final long[] bounds;
    private final long[] cells = new long[STRIPES * LONGS_PER_STRIPE];
    private final Runnable crowd;
    private boolean opened;

    /** What is shorter is counted. */
    private volatile long limit;

    /**
     * @param buckets upper bounds in seconds, in ascending order; those of under a millisecond are told apart
     * @param crowd run by borrowers now and then as long as much waits to be recorded; must be quick
     */
    ShortTimes(List<Double> buckets, Runnable crowd) {
        this.bounds = buckets.stream()
                .mapToLong(seconds -> Math.round(seconds * NANOS_PER_SECOND))
                .filter(nanos -> nanos < LIMIT_NANOS)
                .toArray();
        if (bounds.length >= LONGS_PER_STRIPE) {
            throw new IllegalArgumentException("more buckets than fit into a stripe");
        }
        this.first = bounds[0];
        this.crowd = crowd;
    }

    /** Counts from now on. */
    synchronized void open() {
        opened = true;
        limit = LIMIT_NANOS;
    }

    /** Counts no more; what was counted is there to be drained. */
    synchronized void close() {
        opened = false;
        limit = 0;
    }

    /**
     * {@return whether it was counted} Where it was not, the caller has to record it: it is too long, or more wait to be
     * recorded than there is room for, or nothing is counted yet.
     *
     * @param nanos not below zero
     */
    boolean count(long nanos) {
        if (nanos >= limit) {
            return false;
        }
        int cell = ((int) Thread.currentThread().getId() & (STRIPES - 1)) * LONGS_PER_STRIPE;
        if (nanos > first) {
            cell += bucket(nanos);
        }
        long counted = (long) CELL.getAndAdd(cells, cell, ONE + nanos);
        if ((counted & MANY) == MANY) {
            crowded(counted);
        }
        return true;
    }

    private void crowded(long counted) {
        crowd.run();
        if (counted >= FULL) {
            limit = 0;
        }
    }

    private int bucket(long nanos) {
        int bucket = 1;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** {@return how many were recorded} When it returns, whatever was counted before it was called has been recorded. */
    synchronized long drainTo(Drain drain) {
        long all = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            if ((long) CELL.getVolatile(cells, cell) != 0) {
                long counted = (long) CELL.getAndSet(cells, cell, 0L);
                long count = counted >>> COUNT_SHIFT;
                drain.record(count, counted & SUM_MASK);
                all += count;
            }
        }
        if (opened) {
            limit = LIMIT_NANOS;
        }
        return all;
    }
}
