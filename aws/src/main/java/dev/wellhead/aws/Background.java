package dev.wellhead.aws;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where the store is asked: at most four threads for the whole process, daemons, gone after ten idle seconds. So no
 * thread that connects is held by the store longer than it can wait.
 */
final class Background {

    private static final int MOST_THREADS = 4;

    private static final ThreadPoolExecutor EXECUTOR =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "wellhead-aws");
                thread.setDaemon(true);
                // whichever application came first must not be kept from being unloaded
                thread.setContextClassLoader(Background.class.getClassLoader());
                return thread;
            });

    private Background() {}

    /** {@return whether {@code task} runs; {@code false} where all threads are busy} */
    static boolean run(Runnable task) {
        try {
            EXECUTOR.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
