package dev.wellhead.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition by polling it every few milliseconds. */
public final class Await {

    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param atMost the longest wait
     * @param condition the condition; an exception from it ends the wait
     * @throws AssertionError if it does not hold in time
     */
    public static void until(Duration atMost, Callable<Boolean> condition) {
        until(atMost, "the condition", condition);
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param atMost the longest wait
     * @param description the condition in words, for the error message
     * @param condition the condition; an exception from it ends the wait
     * @throws AssertionError if it does not hold in time
     */
    public static void until(Duration atMost, String description, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError(description + " did not hold within " + atMost);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + description, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("failed while waiting for " + description, e);
        }
    }
}
