package dev.wellhead.otel;

import dev.wellhead.spi.BorrowListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long borrowers of one pool wait, and for how long they use what they got, once there is an {@code
 * OpenTelemetry}; that is not looked for here, where every nanosecond counts. Thread-safe.
 */
final class BorrowMeter implements BorrowListener, RecordingThread.Source {

    private final String pool;
    private final LateRecorder recorder;
    private final RecordingThread thread;
    private final ShortTimes waits;
    private final ShortTimes uses;
    private volatile boolean opened;
    private boolean closed;

    /** @param pool its name, for messages */
    BorrowMeter(String pool, LateRecorder recorder, RecordingThread thread) {
        this.pool = pool;
        this.recorder = recorder;
        this.thread = thread;
        this.waits = new ShortTimes(Buckets.WAIT, thread::wake);
        this.uses = new ShortTimes(Buckets.USE, thread::wake);
    }

    /** Before anybody borrows. */
    void start() {
        open();
        thread.add(this);
    }

    @Override
    public void acquired(long nanos) {
        if (!waits.count(nanos)) {
            PoolRecorder to = recorder.ready();
            if (to != null) {
                to.waited(nanos);
            }
        }
    }

    @Override
    public void returned(long millis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        if (!uses.count(nanos)) {
            PoolRecorder to = recorder.ready();
            if (to != null) {
                to.used(nanos);
            }
        }
    }

    @Override
    public void timedOut() {
        recorder.record(PoolRecorder::timedOut);
    }

    /** When it returns, none of those counted before is left. Looks for an {@code OpenTelemetry} as long as there is none. */
    @Override
    public long record() {
        PoolRecorder to = open();
        return to == null ? 0 : waits.drainTo(to::waited) + uses.drainTo(to::used);
    }

    private @Nullable PoolRecorder open() {
        PoolRecorder to = recorder.find();
        if (to != null && !opened) {
            openOnce();
        }
        return to;
    }

    private synchronized void openOnce() {
        if (!opened && !closed) {
            opened = true;
            waits.open();
            uses.open();
        }
    }

    /** Records what is left. */
    void close() {
        thread.remove(this);
        synchronized (this) {
            closed = true;
            waits.close();
            uses.close();
        }
        record();
    }

    @Override
    public String toString() {
        return "pool '" + pool + "'";
    }
}
