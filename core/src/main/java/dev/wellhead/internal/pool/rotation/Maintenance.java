package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps of one task of one pool until it is stopped. Steps never overlap, on any number of threads of the timer.
 * Thread-safe.
 */
public final class Maintenance implements Runnable {

    /** The work of one pool. */
    public interface Task {
        /** {@return milliseconds until the next step} */
        long step();
    }

    private static final long AFTER_A_FAILURE_MILLIS = 5_000;

    private final Task task;
    private final MaintenanceTimer timer;
    private @Nullable Future<?> next;
    private boolean isDue;
    private boolean running;
    private boolean woken;
    private boolean stopped;

    public Maintenance(Task task, MaintenanceTimer timer) {
        this.task = task;
        this.timer = timer;
    }

    /** Takes the next step after {@code millis}, but not before a step that is running has ended. */
    public synchronized void schedule(long millis) {
        if (stopped) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(this, millis);
        isDue = millis == 0;
    }

    /** Takes the next step soon: if a step is running, immediately after it. */
    public synchronized void wake() {
        if (running) {
            woken = true;
        } else if (!isDue) {
            schedule(0);
        }
    }

    /** Takes no more steps. A step that is running completes. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        long delay;
        try {
            delay = task.step();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Maintenance.class)
                    .warn("A maintenance step failed. It is repeated in {} ms.", AFTER_A_FAILURE_MILLIS, e);
            delay = AFTER_A_FAILURE_MILLIS;
        }
        end(delay);
    }

    /** {@return whether a step may run now} A step that is running already schedules the next one. */
    private synchronized boolean begin() {
        if (running || stopped) {
            return false;
        }
        running = true;
        isDue = false;
        return true;
    }

    private synchronized void end(long delay) {
        running = false;
        if (woken) {
            woken = false;
            schedule(0);
        } else {
            schedule(delay);
        }
    }
}
