package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Accesses files on daemon threads that the caller can abandon. A network file system whose server is gone blocks every
 * call, and neither an interrupt nor a close ends it. {@link FileSlots} limits how many threads can hang. A thread per
 * access is cheap for files that are read about once a second, and loads fewer classes than an executor. Thread-safe.
 */
public final class FileThreads {

    private static final FileSlots SLOTS = new FileSlots();

    private FileThreads() {}

    /**
     * {@return the result of {@code access}} Waits as long as the {@link ReadBudget} of this thread allows. An interrupt
     * does not end the wait; the flag of the thread stays set.
     *
     * @param file identifies the accesses that hang at the same place
     * @param access reads a file or its attributes
     * @throws UnreadableFileException with {@link FileFault#NO_ANSWER} if the budget is used up
     * @throws IOException as thrown by {@code access}
     */
    public static <T> T call(Path file, Callable<T> access) throws IOException {
        if (Thread.currentThread() instanceof FileThread) {
            // a file that includes another one: the caller waits for this thread already
            return callHere(access);
        }
        long budget = ReadBudget.remainingNanos();
        long deadline = System.nanoTime() + budget;
        if (!SLOTS.acquire(file, deadline)) {
            throw noAnswer(budget);
        }
        FutureTask<T> task = new FutureTask<>(access);
        boolean started = false;
        try {
            new FileThread(file, task).start();
            started = true;
        } finally {
            if (!started) {
                SLOTS.release(file);
            }
        }
        return result(task, deadline, budget);
    }

    private static <T> T callHere(Callable<T> access) throws IOException {
        try {
            return access.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static <T> T result(FutureTask<T> task, long deadline, long budget) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw noAnswer(budget);
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException thrown(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (cause instanceof Error broken) {
            throw broken;
        }
        return cause instanceof IOException failed ? failed : new IOException(cause);
    }

    private static UnreadableFileException noAnswer(long budget) {
        return new UnreadableFileException(FileFault.NO_ANSWER, TimeUnit.NANOSECONDS.toMillis(budget) + " ms", null);
    }

    /** One access. Holds its slot until it really ends, which may be long after the caller has given up. */
    private static final class FileThread extends Thread {

        private final Path file;

        FileThread(Path file, Runnable access) {
            super(access, "wellhead-file");
            this.file = file;
            setDaemon(true);
            // the class loader of the application that happens to create the thread must stay collectable
            setContextClassLoader(FileThreads.class.getClassLoader());
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                SLOTS.release(file);
            }
        }
    }
}
