package dev.wellhead.otel;

import dev.wellhead.spi.BorrowListener;

/** Measures how long borrowers of one pool wait, and for how long they use what they got. Thread-safe. */
final class BorrowMeter implements BorrowListener {

    private final LateRecorder recorder;
    private final ShortTimes waits;
    private final ShortTimes uses;
    private volatile boolean counting;

    /** @param crowd run by borrowers now and then as long as much waits to be recorded */
    BorrowMeter(LateRecorder recorder, Runnable crowd) {
        this.recorder = recorder;
        int processors = Runtime.getRuntime().availableProcessors();
        this.waits = new ShortTimes(Buckets.WAIT, processors, crowd);
        this.uses = new ShortTimes(Buckets.USE, processors, crowd);
    }

    @Override
    public void acquired(long nanos) {
        if (!waits.count(nanos)) {
            recordAcquired(nanos);
        }
    }

    private void recordAcquired(long nanos) {
        PoolRecorder to = recorder.find();
        if (to != null && !(startsCounting() && waits.count(nanos))) {
            to.waited(nanos);
        }
    }

    @Override
    public void returned(long nanos) {
        if (!uses.count(nanos)) {
            recordReturned(nanos);
        }
    }

    private void recordReturned(long nanos) {
        PoolRecorder to = recorder.find();
        if (to != null && !(startsCounting() && uses.count(nanos))) {
            to.used(nanos);
        }
    }

    @Override
    public void timedOut() {
        recorder.record(PoolRecorder::timedOut);
    }

    /** {@return whether this is the first time that there is a recorder} */
    private boolean startsCounting() {
        if (counting) {
            return false;
        }
        counting = true;
        waits.open();
        uses.open();
        return true;
    }

    /** {@return how many times were recorded} When it returns, none of those counted before is left. */
    long recordCounted() {
        PoolRecorder to = recorder.find();
        return to == null ? 0 : waits.drainTo(to::waited) + uses.drainTo(to::used);
    }
}
