package dev.wellhead.otel;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the global {@code OpenTelemetry} four times a second, for databases that were opened before it was set.
 *
 * <p>OpenTelemetry has no notification for it. The lookup takes a lock of the whole process, for which a thread that acquires
 * a connection must not wait; and an idle pool has no events of its own. One daemon thread serves the process and ends
 * when no database waits. Thread-safe.
 */
final class BindingPoller {

    private static final long INTERVAL_MILLIS = 250;

    static final BindingPoller OF_THIS_PROCESS = new BindingPoller(BindingPoller::daemon, INTERVAL_MILLIS);

    private static final String THREAD_NAME = "wellhead-metrics";
    private static final long KEEP_ALIVE_MILLIS = 1_000;

    /** A minute: after that time a missing SDK is a mistake more often than a slow start. */
    private static final int ATTEMPTS_BEFORE_MESSAGE = (int) (TimeUnit.MINUTES.toMillis(1) / INTERVAL_MILLIS);

    private final ScheduledThreadPoolExecutor executor;
    private final long intervalMillis;
    private final AtomicBoolean missingLogged = new AtomicBoolean();

    BindingPoller(ThreadFactory threads, long intervalMillis) {
        this.intervalMillis = intervalMillis;
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
            schedule(attempt, 1);
        } catch (OutOfMemoryError noThread) {
            // the error of Thread.start when the process has reached its limit of threads
            log().warn(
                            "The thread '{}' cannot be started ({}). If the global OpenTelemetry is set later, the metrics of a"
                                    + " database begin with its next new connection. Allow the process more threads.",
                            THREAD_NAME,
                            noThread.getMessage());
        }
    }

    // the future has no result, and run() logs what the attempt throws
    @SuppressWarnings("FutureReturnValueIgnored")
    private void schedule(BooleanSupplier attempt, int number) {
        executor.schedule(() -> run(attempt, number), intervalMillis, TimeUnit.MILLISECONDS);
    }

    private void run(BooleanSupplier attempt, int number) {
        try {
            if (!attempt.getAsBoolean()) {
                if (number >= ATTEMPTS_BEFORE_MESSAGE && missingLogged.compareAndSet(false, true)) {
                    log().info(
                                    "Databases are not measured so far: no global OpenTelemetry is set. Register the SDK as the"
                                            + " global one, or pass it to DatabaseTelemetry.on.");
                }
                schedule(attempt, number + 1);
            }
        } catch (RuntimeException | LinkageError e) {
            log().warn("The metrics of a database cannot be started. Its next new connection tries again.", e);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(DatabaseTelemetry.class);
    }
}
