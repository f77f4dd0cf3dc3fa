package dev.wellhead.internal.pool.roles;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon threads on which servers are checked, because a check may have to wait for the network. A pool has at most one
 * check at a time, and a thread ends when it has been idle for five seconds.
 */
public final class RoleThreads {

    private static final int IDLE_SECONDS = 5;

    /** The threads of the process. */
    public static final Executor SHARED = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), RoleThreads::thread);

    private RoleThreads() {}

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wellhead-roles");
        thread.setDaemon(true);
        // the loader of the application that came first would keep that application from being unloaded
        thread.setContextClassLoader(RoleThreads.class.getClassLoader());
        return thread;
    }
}
