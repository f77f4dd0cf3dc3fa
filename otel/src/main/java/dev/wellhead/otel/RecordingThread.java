package dev.wellhead.otel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Records what borrowers have counted as long as there is much of it, so that neither a borrower nor whoever collects the
 * metrics has to. One daemon thread per process, which starts when it is woken and ends when little is left to do.
 * Thread-safe.
 */
final class RecordingThread {

    /** Where something is counted. */
    @FunctionalInterface
    interface Source {
        /** {@return how many times were recorded} */
        long record();
    }

    static final RecordingThread OF_THIS_PROCESS = new RecordingThread("wellhead-metrics");

    /** Takes some half a millisecond. */
    private static final long MUCH = 16_384;

    /** As little in each of several rounds, and whoever collects has no trouble with it. */
    private static final long LITTLE = 256;

    private static final int ROUNDS_OF_LITTLE = 20;
    private static final long SHORTEST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 256;

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final String name;

    /** @param name of the thread */
    RecordingThread(String name) {
        this.name = name;
    }

    void add(Source source) {
        sources.add(source);
    }

    void remove(Source source) {
        sources.remove(source);
    }

    /** Called by borrowers, again and again as long as much waits to be recorded. */
    void wake() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, name);
            thread.setDaemon(true);
            // whichever application came first must not be kept from being unloaded
            thread.setContextClassLoader(RecordingThread.class.getClassLoader());
            thread.start();
        }
    }

    private void run() {
        try {
            long pause = SHORTEST_PAUSE_MILLIS;
            int little = 0;
            while (little < ROUNDS_OF_LITTLE && !sources.isEmpty()) {
                long recorded = recordAll();
                little = recorded < LITTLE ? little + 1 : 0;
                pause = recorded > MUCH
                        ? Math.max(pause / 2, SHORTEST_PAUSE_MILLIS)
                        : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awake.set(false);
        }
    }

    private long recordAll() {
        long all = 0;
        for (Source source : sources) {
            try {
                all += source.record();
            } catch (RuntimeException | LinkageError e) {
                remove(source);
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn("Times of borrowers could not be recorded; they are left to whoever collects.", e);
            }
        }
        return all;
    }
}
