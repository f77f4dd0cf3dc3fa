package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.LogCapture;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** HikariCP's scheduled work on the threads of all pools. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // the work completes the futures that the tests wait for
class HousekeepingTest {

    private final MaintenanceThread threads = new MaintenanceThread();
    private final Housekeeping pool = threads.housekeeping();
    private final CountDownLatch unblocked = new CountDownLatch(1);

    @AfterEach
    void unblock() {
        unblocked.countDown();
    }

    @Test
    void schedule_task_runsIt() {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();

        pool.schedule((Runnable) () -> ran.complete(true), 1, TimeUnit.MILLISECONDS);

        assertThat(ran.join()).isTrue();
    }

    @Test
    void scheduleWithFixedDelay_taskThatThrowsOnce_runsAgain() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Boolean> again = new CompletableFuture<>();
        try (LogCapture log = LogCapture.start()) {
            Future<?> repeated = pool.scheduleWithFixedDelay(
                    () -> {
                        if (runs.incrementAndGet() == 1) {
                            throw new IllegalStateException("broken");
                        }
                        again.complete(true);
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS);

            assertThat(again.join()).isTrue();
            assertThat(repeated.cancel(false)).isTrue();
            assertThat(log.messages(Level.WARN)).containsExactly("A housekeeping task of a pool failed.");
        }
    }

    /** On a thread of its own they would not overlap either. */
    @Test
    void execute_whileATaskRuns_runsAfterIt() {
        CompletableFuture<Boolean> running = new CompletableFuture<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> overlapped = new CompletableFuture<>();
        pool.execute(() -> {
            block(running);
            ended.complete(true);
        });
        running.join();

        pool.execute(() -> overlapped.complete(!ended.isDone()));
        unblocked.countDown();

        assertThat(overlapped.join()).isFalse();
    }

    /** A keepalive that waits for a dead server, or the appender of a leak report that blocks. */
    @Test
    void execute_taskOfAnotherPoolBlocks_stillRuns() {
        CompletableFuture<Boolean> running = new CompletableFuture<>();
        threads.housekeeping().execute(() -> block(running));
        running.join();
        CompletableFuture<Boolean> ran = new CompletableFuture<>();

        pool.execute(() -> ran.complete(true));

        assertThat(ran.join()).isTrue();
    }

    @Test
    void scheduleWithFixedDelay_runThatBlocks_isNotQueuedAgain() {
        CompletableFuture<Boolean> running = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        pool.execute(() -> block(running));
        running.join();
        CompletableFuture<Boolean> due = new CompletableFuture<>();
        Future<?> repeated = pool.scheduleWithFixedDelay(runs::incrementAndGet, 0, 1, TimeUnit.MILLISECONDS);
        threads.schedule(() -> due.complete(true), 100);
        due.join();
        repeated.cancel(false);
        CompletableFuture<Integer> seen = new CompletableFuture<>();

        pool.execute(() -> seen.complete(runs.get()));
        unblocked.countDown();

        assertThat(seen.join()).isEqualTo(1);
    }

    @Test
    void shutdown_scheduledTask_doesNotRun() {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        pool.schedule((Runnable) () -> ran.complete(true), 50, TimeUnit.MILLISECONDS);

        pool.shutdown();

        threads.schedule(() -> ran.complete(false), 51);
        assertThat(ran.join()).isFalse();
        assertThat(pool.isShutdown()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    /** HikariCP does not shut down a scheduler that it was given. It is shared, so one pool must not end it for others. */
    @Test
    void shutdownNow_ofOnePool_doesNotAffectAnother() {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        threads.housekeeping().shutdownNow();

        pool.execute(() -> ran.complete(true));

        assertThat(ran.join()).isTrue();
    }

    @Test
    void otherMethods_areRefused() {
        assertThatThrownBy(() -> pool.schedule((Callable<Integer>) () -> 1, 1, TimeUnit.SECONDS))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> pool.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private void block(CompletableFuture<Boolean> running) {
        running.complete(true);
        try {
            unblocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
