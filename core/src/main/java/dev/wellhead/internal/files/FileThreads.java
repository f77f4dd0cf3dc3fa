package dev.wellhead.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Accesses files on daemon threads that the caller can abandon. A network file system whose server does not respond
 * blocks every call, and neither an interrupt nor a close ends it. A thread per access is cheap for files that are read
 * about once a second, and loads fewer classes than an executor. Thread-safe.
 */
public final class FileThreads {

    /**
     * Limits how many threads can hang at one file, so that retries do not add more. A file has a second slot because
     * an access can hang at a file that no longer has this path, such as a pipe that a regular file has replaced.
     */
    static final int SLOTS_PER_FILE = 2;

    /** Grows only with the number of files that settings name. */
    private static final ConcurrentMap<Path, Semaphore> SLOTS = new ConcurrentHashMap<>();

    private FileThreads() {}

    /**
     * {@return the result of {@code access}} Waits as long as the {@link ReadBudget} of this thread allows. An
     * interrupt does not end the wait; the flag of the thread stays set.
     *
     * @param file identifies the accesses that hang at the same place
     * @param access reads a file or its attributes
     * @throws UnreadableFileException with {@link FileFault#NO_ANSWER} if the budget is used up
     * @throws IOException as thrown by {@code access}
     */
    public static <T> T call(Path file, Callable<T> access) throws IOException {
        FutureTask<T> task = new FutureTask<>(access);
        if (Thread.currentThread() instanceof FileThread) {
            // a file that includes another one: the caller waits for this thread already
            task.run();
        }
        long budget = ReadBudget.remainingNanos();
        long deadline = System.nanoTime() + budget;
        boolean started = task.isDone();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!started) {
                        start(task, slots(file), deadline);
                        started = true;
                    }
                    return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw new UnreadableFileException(FileFault.NO_ANSWER, TimeUnit.NANOSECONDS.toMillis(budget) + " ms", null);
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Semaphore slots(Path file) {
        Semaphore created = new Semaphore(SLOTS_PER_FILE);
        Semaphore present = SLOTS.putIfAbsent(file, created);
        return present == null ? created : present;
    }

    private static void start(FutureTask<?> task, Semaphore slots, long deadline)
            throws InterruptedException, TimeoutException {
        if (!slots.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        boolean started = false;
        try {
            new FileThread(task, slots).start();
            started = true;
        } finally {
            if (!started) {
                slots.release();
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

    /** Runs one access. Holds the slot until the access ends, even if the caller no longer waits for it. */
    private static final class FileThread extends Thread {

        private final Semaphore slots;

        FileThread(Runnable access, Semaphore slots) {
            super(access, "wellhead-file");
            this.slots = slots;
            setDaemon(true);
            // otherwise the thread would keep the class loader of an application
            setContextClassLoader(FileThreads.class.getClassLoader());
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                slots.release();
            }
        }
    }
}
