package dev.wellhead.internal.pool.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A timer that records what is scheduled; the test runs it. */
public final class FakeTimer implements MaintenanceTimer {

    final List<Long> delays = new ArrayList<>();
    private final List<CompletableFuture<?>> handles = new ArrayList<>();
    private final List<Runnable> scheduled = new ArrayList<>();

    @Override
    public Future<?> schedule(Runnable work, long delayMillis) {
        CompletableFuture<?> handle = new CompletableFuture<>();
        delays.add(delayMillis);
        handles.add(handle);
        scheduled.add(work);
        return handle;
    }

    /** {@return the delays of the work that was neither cancelled nor run} */
    public List<Long> pending() {
        List<Long> pending = new ArrayList<>();
        for (int i = 0; i < handles.size(); i++) {
            if (!handles.get(i).isDone()) {
                pending.add(delays.get(i));
            }
        }
        return pending;
    }

    /** Runs the work that was scheduled last. */
    public void runLast() {
        int last = scheduled.size() - 1;
        handles.get(last).complete(null);
        scheduled.get(last).run();
    }
}
