package dev.wellhead.otel;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Looks for the global {@code OpenTelemetry} four times a second, for databases that were opened before it was set.
 *
 * <p>OpenTelemetry has no notification for it. The lookup takes a lock of the whole process, for which a thread that acquires
 * a connection must not wait; and an idle pool has no events of its own. One daemon thread serves the process and ends
 * when no database waits. Thread-safe.
 */
final class BindingPoller {

    static final BindingPoller OF_THIS_PROCESS = new BindingPoller(BindingPoller::daemon);

    private static final String THREAD_NAME = "wellhead-metrics";
    private static final long INTERVAL_MILLIS = 250;
    private static final long KEEP_ALIVE_MILLIS = 1_000;

    private final ScheduledThreadPoolExecutor executor;

    BindingPoller(ThreadFactory threads) {
        this.executor = new ScheduledThreadPoolExecutor(1, threads);
        executor.setKeepAliveTime(KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** The thread inherits nothing from the thread that opens the database: it would be kept as long as this thread lives. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, THREAD_NAME, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(BindingPoller.class.getClassLoader());
        return thread;
    }

    /** Calls {@code attempt} again and again until it returns true. If it throws, this is logged and it is not called again. */
    void repeat(BooleanSupplier attempt) {
        try {
            schedule(attempt);
        } catch (OutOfMemoryError noThread) {
            // the error of Thread.start when the process has reached its limit of threads
            LoggerFactory.getLogger(DatabaseTelemetry.class)
                    .warn(
                            "The thread '{}' cannot be started ({}). If the global OpenTelemetry is set later, the metrics of a"
                                    + " database begin with its next new connection. Allow the process more threads.",
                            THREAD_NAME,
                            noThread.getMessage());
        }
    }

    private void schedule(BooleanSupplier attempt) {
        executor.schedule(() -> run(attempt), INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run(BooleanSupplier attempt) {
        try {
            if (!attempt.getAsBoolean()) {
                schedule(attempt);
            }
        } catch (RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(DatabaseTelemetry.class)
                    .warn("The metrics of a database cannot be started. Its next new connection tries again.", e);
        }
    }
}
