package dev.wellhead.aws;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.ExecutableHttpRequest;

/** Breaks off calls that take too long. One daemon thread for the process, gone after ten idle seconds. */
final class CallWatch implements Runnable {

    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private final ExecutableHttpRequest call;

    private CallWatch(ExecutableHttpRequest call) {
        this.call = call;
    }

    /** Breaks {@code call} off after {@code limit}, unless what is returned is cancelled before. */
    static Future<?> after(Duration limit, ExecutableHttpRequest call) {
        return EXECUTOR.schedule(new CallWatch(call), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        call.abort();
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "wellhead-aws-watch");
            thread.setDaemon(true);
            thread.setContextClassLoader(CallWatch.class.getClassLoader());
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
