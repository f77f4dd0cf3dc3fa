package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // the work completes the futures that the tests wait for
class MaintenanceThreadTest {

    private final MaintenanceThread maintenance = MaintenanceThread.SHARED;

    /** A thread that is not a daemon would keep the process alive, and the application's loader keeps the application. */
    @Test
    void run_anyWork_usesADaemonWithoutTheLoaderOfTheCaller() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<ClassLoader> loader = new CompletableFuture<>();

        maintenance.run(() -> {
            thread.complete(Thread.currentThread());
            loader.complete(Thread.currentThread().getContextClassLoader());
        });

        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).isEqualTo("wellhead-maintenance");
        assertThat(loader.get()).isSameAs(MaintenanceThread.class.getClassLoader());
    }

    @Test
    void schedule_severalPieces_runOnOneThread() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();

        maintenance.schedule(() -> first.complete(Thread.currentThread()), 0);
        maintenance.schedule(() -> second.complete(Thread.currentThread()), 1);

        assertThat(first.get()).isSameAs(second.get());
    }

    @Test
    void schedule_cancelled_doesNotRun() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        maintenance.run(() -> {
            running.countDown();
            try {
                blocked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();
        Future<?> cancelled = maintenance.schedule(() -> ran.complete(true), 0);

        cancelled.cancel(false);
        blocked.countDown();
        maintenance.run(() -> ran.complete(false));

        assertThat(ran.get(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void run_workThatThrows_doesNotEndTheThreadForOthers() throws Exception {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();

        maintenance.schedule(
                () -> {
                    throw new IllegalStateException("broken");
                },
                0);
        maintenance.schedule(() -> ran.complete(true), 1);

        assertThat(ran.get()).isTrue();
    }
}
