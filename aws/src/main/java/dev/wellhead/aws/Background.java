package dev.wellhead.aws;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where refreshes run that nobody waits for: at most four threads for the whole process, daemons, gone after ten idle
 * seconds. What finds all four busy is skipped and asked for again a second later, by the pool.
 */
final class Background {

    private static final int MOST_THREADS = 4;

    private static final ThreadPoolExecutor EXECUTOR =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "wellhead-aws");
                thread.setDaemon(true);
                return thread;
            });

    private Background() {}

    /** {@return whether {@code task} runs} */
    static boolean run(Runnable task) {
        try {
            EXECUTOR.execute(task);
            return true;
        } catch (java.util.concurrent.RejectedExecutionException e) {
            return false;
        }
    }
}
