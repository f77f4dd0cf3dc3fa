package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of all pools, on one thread as long as that thread keeps up. If a piece of work has waited for
 * {@value #LONGEST_WAIT_MILLIS} ms because others block, another thread starts, which ends when no work waits. So there are
 * only as many threads as pieces of work that block, and none of them belongs to a pool at rest. Thread-safe.
 *
 * <p>The number of threads has no fixed limit. It cannot be predicted which work will block, so with a limit, as many
 * servers that do not answer would delay the work of every healthy pool for several seconds. The number of pools is the
 * limit: the steps of one {@link Maintenance} and the tasks of one {@link Housekeeping} do not overlap.
 */
final class MaintenanceWorkers {

    static final long LONGEST_WAIT_MILLIS = 100;

    private final ScheduledExecutorService timer;
    private final MaintenanceThreads threads;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Executor first;

    /** @param timer notices work that waits */
    MaintenanceWorkers(ScheduledExecutorService timer) {
        this(timer, new MaintenanceThreads("wellhead-worker"));
    }

    MaintenanceWorkers(ScheduledExecutorService timer, MaintenanceThreads threads) {
        this.timer = timer;
        this.threads = threads;
        this.first = threads.worker(waiting);
    }

    /** Runs {@code work} soon, or as soon as the machine has a thread for it. Work that throws is logged. */
    void execute(Runnable work) {
        Piece piece = new Piece(work);
        try {
            first.execute(piece);
        } catch (OutOfMemoryError noThread) {
            // work that is lost here would be the last of its pool, because each piece schedules the next one
            if (!waiting.contains(piece)) {
                waiting.add(piece);
            }
        }
        relieveLater(piece);
    }

    private void relieveLater(Piece piece) {
        if (!piece.started) {
            Future<?> unused = timer.schedule(() -> relieve(piece), LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Starts another thread if {@code piece} still waits. */
    private void relieve(Piece piece) {
        if (!piece.started) {
            try {
                threads.newThread(this::workOff).start();
            } catch (OutOfMemoryError noThread) {
                relieveLater(piece);
            }
        }
    }

    /** Runs the work that waits until there is none. */
    private void workOff() {
        Runnable next = waiting.poll();
        while (next != null) {
            next.run();
            next = waiting.poll();
        }
    }

    private static final class Piece implements Runnable {

        private final Runnable work;
        private volatile boolean started;

        Piece(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            started = true;
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LoggerFactory.getLogger(MaintenanceWorkers.class).warn("A piece of background work failed.", e);
            }
        }
    }
}
