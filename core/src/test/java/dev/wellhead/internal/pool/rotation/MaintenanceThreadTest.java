package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // the work completes the futures that the tests wait for
class MaintenanceThreadTest {

    private final MaintenanceThread maintenance = new MaintenanceThread();
    private final CountDownLatch unblocked = new CountDownLatch(1);

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
        assertThat(thread.get().getName()).isEqualTo("wellhead-worker");
        assertThat(loader.get()).isSameAs(MaintenanceThread.class.getClassLoader());
    }

    /** The user of a request is often kept in an inheritable thread-local, and these threads outlive the request. */
    @Test
    void run_callerWithInheritableThreadLocal_isNotInherited() throws Exception {
        InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
        user.set("alice");
        try {
            CompletableFuture<Boolean> inherited = new CompletableFuture<>();
            maintenance.run(() -> inherited.complete(user.get() != null));

            assertThat(inherited.get()).isFalse();
        } finally {
            user.remove();
        }
    }

    /** Lost work would be the last of its pool, because each piece schedules the next one. */
    @Test
    void execute_noThreadCanStart_runsWhenOneCan() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        MaintenanceWorkers workers =
                new MaintenanceWorkers(new MaintenanceThreads("timer").timer(), new MaintenanceThreads("worker") {
                    @Override
                    public Thread newThread(Runnable work) {
                        if (failures.getAndDecrement() > 0) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        return super.newThread(work);
                    }
                });
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> first = new CompletableFuture<>();

        workers.execute(() -> first.complete(runs.incrementAndGet()));

        assertThat(first.get()).isEqualTo(1);
        CompletableFuture<Integer> second = new CompletableFuture<>();
        workers.execute(() -> second.complete(runs.incrementAndGet()));
        assertThat(second.get()).isEqualTo(2);
    }

    @Test
    void schedule_piecesThatDoNotBlock_runOnOneThread() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();

        maintenance.schedule(() -> first.complete(Thread.currentThread()), 0);
        first.get();
        maintenance.schedule(() -> second.complete(Thread.currentThread()), 1);

        assertThat(first.get()).isSameAs(second.get());
    }

    /** With a fixed number of threads, it would wait for the time-outs of the servers that do not answer. */
    @Test
    void schedule_behindAHundredPiecesThatBlock_stillRuns() throws Exception {
        List<CompletableFuture<Thread>> blocking = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Thread> running = new CompletableFuture<>();
            blocking.add(running);
            maintenance.schedule(() -> block(running), 0);
        }
        CompletableFuture<Thread> healthy = new CompletableFuture<>();

        maintenance.schedule(() -> healthy.complete(Thread.currentThread()), 1);

        assertThat(healthy.get()).isNotNull();
        for (CompletableFuture<Thread> running : blocking) {
            assertThat(running.get()).as("blocks on a thread of its own").isNotNull();
        }
        unblocked.countDown();
        for (CompletableFuture<Thread> running : blocking.subList(1, blocking.size())) {
            // only the first thread is kept for more work
            running.get().join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(blocking.stream().map(CompletableFuture::join).filter(Thread::isAlive))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void schedule_cancelledBeforeItIsDue_doesNotRun() throws Exception {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        Future<?> cancelled = maintenance.schedule(() -> ran.complete(true), TimeUnit.DAYS.toMillis(1));

        assertThat(cancelled.cancel(false)).isTrue();
        maintenance.run(() -> ran.complete(false));

        assertThat(ran.get()).isFalse();
    }

    @Test
    void run_workThatThrows_isLoggedAndDoesNotAffectOthers() throws Exception {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        try (LogCapture log = LogCapture.start()) {
            maintenance.run(() -> {
                throw new IllegalStateException("broken");
            });
            maintenance.run(() -> ran.complete(true));

            assertThat(ran.get()).isTrue();
            assertThat(log.messages(Level.WARN)).containsExactly("A piece of background work failed.");
        }
    }

    private void block(CompletableFuture<Thread> running) {
        running.complete(Thread.currentThread());
        try {
            unblocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
