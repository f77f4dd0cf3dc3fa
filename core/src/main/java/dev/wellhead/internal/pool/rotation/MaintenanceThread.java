package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The timer that serves all pools of the process. Its daemon thread only decides when work is due; the work runs on the
 * threads of {@link MaintenanceWorkers}, so work that blocks on the network or on a file delays no other work for long. Both
 * threads start with the first piece of work and end 10 s after the last. Thread-safe.
 */
public final class MaintenanceThread implements MaintenanceTimer {

    /** The timer of the process. */
    public static final MaintenanceThread SHARED = new MaintenanceThread();

    private final ScheduledExecutorService timer;
    private final MaintenanceWorkers workers;

    MaintenanceThread() {
        timer = new MaintenanceThreads("wellhead-maintenance").timer();
        workers = new MaintenanceWorkers(timer);
    }

    /** Runs {@code work} soon. */
    public void run(Runnable work) {
        workers.execute(work);
    }

    /** {@return a scheduler for HikariCP's work on one pool} The caller shuts it down. */
    public Housekeeping housekeeping() {
        return new Housekeeping(timer, workers);
    }

    @Override
    public Future<?> schedule(Runnable work, long delayMillis) {
        return timer.schedule(() -> workers.execute(work), delayMillis, TimeUnit.MILLISECONDS);
    }
}
