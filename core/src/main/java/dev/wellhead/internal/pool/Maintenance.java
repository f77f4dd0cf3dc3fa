package dev.wellhead.internal.pool;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread per process looks after the pools whose credentials can change. It starts with the first of them and
 * ends some time after the last. A task is one pool's; its steps never overlap.
 */
public final class Maintenance {

    /** What is done for one pool, a step at a time. */
    public interface Task {
        /** {@return milliseconds until the next step} */
        long step();
    }

    private static final long AFTER_A_FAULT_MILLIS = 5_000;

    private final Task task;
    private @Nullable ScheduledFuture<?> next;
    private boolean woken;
    private boolean stopped;

    private Maintenance(Task task) {
        this.task = task;
    }

    /** {@return the schedule of a task, which takes its first step after {@code milliseconds}} */
    public static Maintenance of(Task task, long milliseconds) {
        Maintenance maintenance = new Maintenance(task);
        maintenance.schedule(milliseconds);
        return maintenance;
    }

    /** Runs {@code work} once, soon. */
    public static void once(Runnable work) {
        OneThread.EXECUTOR.execute(work);
    }

    /** Takes the next step now, or once more after the one under way. */
    public synchronized void wake() {
        woken = true;
        schedule(0);
    }

    /** Takes no more steps; one under way ends by itself. */
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private synchronized void schedule(long milliseconds) {
        if (stopped) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = OneThread.EXECUTOR.schedule(this::run, milliseconds, TimeUnit.MILLISECONDS);
    }

    private void run() {
        synchronized (this) {
            woken = false;
        }
        long delay;
        try {
            delay = task.step();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(ConnectionPool.class).warn("A maintenance step failed; it is tried again.", e);
            delay = AFTER_A_FAULT_MILLIS;
        }
        synchronized (this) {
            if (!woken) {
                schedule(delay);
            }
        }
    }

    /** Started on first use. */
    private static final class OneThread {

        private static final ScheduledThreadPoolExecutor EXECUTOR = start();

        private static ScheduledThreadPoolExecutor start() {
            ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "wellhead-maintenance");
                thread.setDaemon(true);
                // whichever application came first must not be kept from being unloaded
                thread.setContextClassLoader(Maintenance.class.getClassLoader());
                return thread;
            });
            executor.setRemoveOnCancelPolicy(true);
            executor.setKeepAliveTime(10, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
            return executor;
        }
    }
}
