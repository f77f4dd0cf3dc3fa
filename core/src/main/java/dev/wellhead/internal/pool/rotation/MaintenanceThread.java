package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one daemon thread of the process that serves all pools whose credentials can change. It starts with the first piece
 * of work and ends 10 s after the last.
 */
public final class MaintenanceThread implements MaintenanceTimer, ThreadFactory {

    /** The timer of the process. */
    public static final MaintenanceThread SHARED = new MaintenanceThread();

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, this);

    private MaintenanceThread() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs {@code work} soon. It must be short, because the thread serves all pools. */
    public void run(Runnable work) {
        executor.execute(work);
    }

    @Override
    public Future<?> schedule(Runnable work, long delayMillis) {
        return executor.schedule(work, delayMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "wellhead-maintenance");
        thread.setDaemon(true);
        // The loader of the application that came first would keep that application from being unloaded.
        thread.setContextClassLoader(MaintenanceThread.class.getClassLoader());
        return thread;
    }
}
