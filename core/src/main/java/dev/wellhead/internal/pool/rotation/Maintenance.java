package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Repeats the steps of one pool's task until it is stopped. Steps never overlap. Thread-safe. */
final class Maintenance implements Runnable {

    /** The work of one pool. */
    interface Task {
        /** {@return milliseconds until the next step} */
        long step();
    }

    private static final long AFTER_A_FAILURE_MILLIS = 5_000;

    private final Task task;
    private final MaintenanceTimer timer;
    private @Nullable Future<?> next;
    private boolean woken;
    private boolean stopped;

    Maintenance(Task task, MaintenanceTimer timer) {
        this.task = task;
        this.timer = timer;
    }

    /** Takes the next step after {@code millis}. */
    synchronized void schedule(long millis) {
        if (stopped) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(this, millis);
    }

    /** Takes the next step soon: if a step is running, immediately after it. */
    synchronized void wake() {
        woken = true;
        schedule(0);
    }

    /** Takes no more steps. A step that is running completes. */
    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            woken = false;
        }
        long delay;
        try {
            delay = task.step();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Maintenance.class)
                    .warn("A maintenance step failed. It is repeated in {} ms.", AFTER_A_FAILURE_MILLIS, e);
            delay = AFTER_A_FAILURE_MILLIS;
        }
        synchronized (this) {
            if (!woken) {
                schedule(delay);
            }
        }
    }
}
