package dev.wellhead.otel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Records what borrowers have counted, so that neither a borrower nor whoever collects the metrics has to: a quarter of a
 * second later, sooner where there is much of it. One daemon thread per process, as long as there is anything to measure.
 * Thread-safe.
 */
final class RecordingThread {

    /** Where something is counted. */
    @FunctionalInterface
    interface Source {
        /** {@return how many times were recorded} */
        long record();
    }

    private static final String NAME = "wellhead-metrics";

    static final RecordingThread OF_THIS_PROCESS = new RecordingThread(RecordingThread::daemon);

    /** Takes some half a millisecond. */
    private static final long MUCH = 16_384;

    private static final long SHORTEST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 256;

    /** In a shorter one it is not worth waking. */
    private static final long LONG_PAUSE_MILLIS = 32;

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Thread> pausing = new AtomicReference<>();
    private final ThreadFactory threads;
    private boolean running;

    RecordingThread(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Of whoever happens to be the first to need it, it inherits nothing that would have to live on with it. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(null, task, NAME, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(RecordingThread.class.getClassLoader());
        return thread;
    }

    synchronized void add(Source source) {
        sources.add(source);
        if (!running) {
            start();
        }
    }

    void remove(Source source) {
        sources.remove(source);
        wake();
    }

    /** Called by borrowers, again and again as long as much waits to be recorded. Quick, and throws nothing. */
    void wake() {
        Thread thread = pausing.get();
        if (thread != null && pausing.compareAndSet(thread, null)) {
            LockSupport.unpark(thread);
        }
    }

    private void start() {
        try {
            threads.newThread(this::run).start();
            running = true;
        } catch (OutOfMemoryError noThread) {
            LoggerFactory.getLogger(DatabaseTelemetry.class)
                    .warn(
                            "The thread '{}' cannot be started ({}): what it records is left to whoever collects metrics"
                                    + " until the next database is opened. Allow the process more threads.",
                            NAME,
                            noThread.getMessage());
        }
    }

    private void run() {
        boolean isOver = false;
        try {
            recordAsLongAsNeeded();
            isOver = true;
        } finally {
            if (!isOver) {
                died();
            }
        }
    }

    /** The next database that is opened starts another. */
    private synchronized void died() {
        running = false;
    }

    private void recordAsLongAsNeeded() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (isNeeded()) {
            long recorded = recordAll();
            pause = recorded > MUCH
                    ? Math.max(pause / 2, SHORTEST_PAUSE_MILLIS)
                    : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            if (wasWokenWithin(pause)) {
                pause = SHORTEST_PAUSE_MILLIS;
            }
        }
    }

    private synchronized boolean isNeeded() {
        running = !sources.isEmpty();
        return running;
    }

    private boolean wasWokenWithin(long millis) {
        boolean isLong = millis >= LONG_PAUSE_MILLIS;
        if (isLong) {
            pausing.set(Thread.currentThread());
        }
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
        // nobody has a reason to interrupt it, and it could not pause any more
        Thread.interrupted();
        return isLong && pausing.getAndSet(null) == null;
    }

    private long recordAll() {
        long all = 0;
        for (Source source : sources) {
            try {
                all += source.record();
            } catch (RuntimeException | LinkageError e) {
                remove(source);
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn("Times of {} cannot be recorded; they are left to whoever collects metrics.", source, e);
            }
        }
        return all;
    }
}
