package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Creates the daemon threads that work for all pools. A thread that is kept for more work ends 10 s after the last. */
class MaintenanceThreads implements ThreadFactory {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private final String name;

    MaintenanceThreads(String name) {
        this.name = name;
    }

    /** {@return a timer of one thread, which forgets cancelled work immediately} */
    ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, this);
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** {@return one thread that runs the work in {@code queue}} */
    ThreadPoolExecutor worker(BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, queue, this);
        worker.allowCoreThreadTimeOut(true);
        return worker;
    }

    @Override
    public Thread newThread(Runnable work) {
        // Nothing is inherited from the caller: an inheritable thread-local could hold the user of a request.
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        // The loader of the application that came first would keep that application from being unloaded.
        thread.setContextClassLoader(MaintenanceThreads.class.getClassLoader());
        return thread;
    }
}
