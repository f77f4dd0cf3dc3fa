package dev.wellhead.internal.credentials;

import java.time.Instant;
import java.util.concurrent.locks.Condition;

/** The time and the randomness that a {@link Refresher} depends on; tests supply their own. Thread-safe. */
public interface RefreshClock {

    /** The clocks of the JVM. */
    RefreshClock SYSTEM = new RefreshClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public double random() {
            return Math.random();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller is the loop
        public void await(Condition condition, long nanos) throws InterruptedException {
            long unused = condition.awaitNanos(nanos);
        }
    };

    /** {@return nanoseconds since an arbitrary moment, as {@link System#nanoTime()}} */
    long nanoTime();

    /** {@return the time of day, with which the expiration of credentials is compared} */
    Instant instant();

    /** {@return a number from 0 to 1} */
    double random();

    /** Waits until {@code condition} is signalled, for at most {@code nanos}. */
    void await(Condition condition, long nanos) throws InterruptedException;
}
