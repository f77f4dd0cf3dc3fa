package dev.wellhead.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something to become true, in place of sleeping and hoping. */
public final class Await {

    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /**
     * Returns as soon as the condition holds; asks every few milliseconds.
     *
     * @param atMost how long to wait before giving up
     * @param condition what has to become true; what it throws ends the wait
     * @throws AssertionError when it did not hold in time
     */
    public static void until(Duration atMost, Callable<Boolean> condition) {
        until(atMost, "the condition", condition);
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param atMost how long to wait before giving up
     * @param what the condition in words, for the failure
     * @param condition what has to become true; what it throws ends the wait
     * @throws AssertionError when it did not hold in time
     */
    public static void until(Duration atMost, String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError(what + " did not hold within " + atMost);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("failed while waiting for " + what, e);
        }
    }
}
