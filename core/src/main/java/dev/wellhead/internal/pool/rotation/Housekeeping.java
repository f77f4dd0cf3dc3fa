package dev.wellhead.internal.pool.rotation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The scheduler that HikariCP gets for one pool, in place of a thread of its own: for keepalive, maxLifetime, idleTimeout
 * and leak detection. It uses the threads that serve all pools. As on a thread of its own, the tasks of one pool do not
 * overlap, and none runs after {@link #shutdown}. Only the methods that HikariCP calls are supported. Thread-safe.
 */
public final class Housekeeping extends AbstractExecutorService implements ScheduledExecutorService {

    private final ScheduledExecutorService timer;
    private final MaintenanceWorkers workers;

    private final Queue<Runnable> due = new ArrayDeque<>(1);

    private boolean running;
    private volatile boolean closed;

    Housekeeping(ScheduledExecutorService timer, MaintenanceWorkers workers) {
        this.timer = timer;
        this.workers = workers;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return timer.schedule(new Due(task, this), delay, unit);
    }

    /** A run that is due while the previous one has not begun or ended yet is skipped. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return timer.scheduleWithFixedDelay(new Due(new Repeated(task), this), initialDelay, delay, unit);
    }

    @Override
    public void execute(Runnable task) {
        if (task instanceof Repeated repeated && !repeated.pending.compareAndSet(false, true)) {
            return;
        }
        synchronized (due) {
            if (closed) {
                return;
            }
            due.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        workers.execute(this::workOff);
    }

    private void workOff() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                LoggerFactory.getLogger(Housekeeping.class).warn("A housekeeping task of a pool failed.", e);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (due) {
            Runnable next = due.poll();
            running = next != null;
            return next;
        }
    }

    @Override
    public void shutdown() {
        synchronized (due) {
            closed = true;
            due.clear();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    /** {@return whether it is shut down} A task that is running then completes. */
    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("HikariCP schedules no results.");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("HikariCP schedules with a fixed delay.");
    }

    /** Passes a task on when it is due. */
    private record Due(Runnable task, Housekeeping housekeeping) implements Runnable {

        @Override
        public void run() {
            housekeeping.execute(task);
        }
    }

    private static final class Repeated implements Runnable {

        private final Runnable task;
        private final AtomicBoolean pending = new AtomicBoolean();

        Repeated(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                pending.set(false);
            }
        }
    }
}
