package dev.wellhead.junit.internal.clone;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that migrate templates and that create and drop databases. Thread-safe. */
final class BackgroundWork implements AutoCloseable {

    /** More copies at the same time do not finish earlier: they wait for the same disk. */
    private static final int COPYING_THREADS = 2;

    private static final int CLOSE_SECONDS = 60;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Migrations use the class loader of the tests to find their files. */
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    private final ExecutorService migrations = Executors.newCachedThreadPool(threads());
    private final ExecutorService copies = Executors.newFixedThreadPool(COPYING_THREADS, threads());
    private final ExecutorService drops = Executors.newSingleThreadExecutor(threads());
    private volatile boolean closed;

    <T> CompletableFuture<T> migrate(Callable<T> work) {
        return submit(migrations, work);
    }

    <T> CompletableFuture<T> copy(Callable<T> work) {
        return submit(copies, work);
    }

    /** Runs work that nothing waits for, unless this is closed. */
    void run(Runnable work) {
        try {
            drops.execute(() -> {
                if (!closed) {
                    work.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // closed in the meantime
        }
    }

    /** Waits for the work that has begun. Work that has not begun is cancelled. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (ExecutorService service : List.of(migrations, copies, drops)) {
            service.shutdown();
            try {
                service.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> submit(ExecutorService service, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            service.execute(() -> {
                try {
                    if (closed) {
                        throw new CancellationException("The test run has ended.");
                    }
                    result.complete(work.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new CancellationException("The test run has ended."));
        }
        return result;
    }

    private ThreadFactory threads() {
        return work -> {
            Thread thread = new Thread(work, "wellhead-test-database-" + COUNTER.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
