package dev.wellhead.internal.credentials;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that fetch credentials: at most four daemon threads for the whole process, which end after ten idle
 * seconds. A task is rejected if all of them are busy.
 */
public final class RefreshThreads {

    private static final int MAXIMUM = 4;

    /** Shared by every provider. */
    public static final ThreadPoolExecutor EXECUTOR =
            new ThreadPoolExecutor(0, MAXIMUM, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), RefreshThreads::thread);

    private RefreshThreads() {}

    private static Thread thread(Runnable task) {
        // nothing is inherited from the caller: an inheritable thread-local could hold the user of a request
        Thread thread = new Thread(null, task, "wellhead-refresh", 0, false);
        thread.setDaemon(true);
        // the class loader of the application that happens to create the thread must stay collectable
        thread.setContextClassLoader(RefreshThreads.class.getClassLoader());
        return thread;
    }
}
