package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class BindingPollerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long INTERVAL_MILLIS = 1;

    /** A minute has as many attempts in production. */
    private static final int ATTEMPTS_BEFORE_MESSAGE = 240;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String threadName = "binding-poller-test-" + NUMBER.incrementAndGet();
    private final BindingPoller poller = new BindingPoller(task -> named(BindingPoller.daemon(task)), INTERVAL_MILLIS);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void attempt_thatSucceeds_isNotRepeated_andTheThreadEnds() {
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        poller.repeat(() -> {
            thread.set(Thread.currentThread());
            return attempts.incrementAndGet() == 3;
        });

        Await.until(TIMEOUT, () -> attempts.get() == 3);
        Await.until(TIMEOUT, () -> threads().isEmpty());
        assertThat(attempts).hasValue(3);
        assertThat(thread.get()).isNotNull().matches(Thread::isDaemon).matches(polled -> !polled.isAlive());
    }

    @Test
    void repeat_afterTheThreadEnded_startsAnother() {
        poller.repeat(() -> attempts.incrementAndGet() == 1);
        Await.until(TIMEOUT, () -> attempts.get() == 1);
        Await.until(TIMEOUT, () -> threads().isEmpty());

        poller.repeat(() -> attempts.incrementAndGet() == 2);

        Await.until(TIMEOUT, () -> attempts.get() == 2);
    }

    @Test
    void attempts_ofSeveralDatabases_shareAThread() {
        AtomicReference<Thread> first = new AtomicReference<>();
        AtomicReference<Thread> second = new AtomicReference<>();

        poller.repeat(() -> {
            first.set(Thread.currentThread());
            return second.get() != null;
        });
        poller.repeat(() -> {
            second.set(Thread.currentThread());
            return first.get() != null;
        });

        Await.until(TIMEOUT, () -> first.get() != null && second.get() != null);
        assertThat(first.get()).isSameAs(second.get());
    }

    @Test
    void interrupt_ofTheThread_doesNotEndThePolling() {
        poller.repeat(() -> {
            if (attempts.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
            }
            return attempts.get() == 3;
        });

        Await.until(TIMEOUT, () -> attempts.get() == 3);
    }

    @Test
    void global_missingForAMinute_isLoggedOnce() {
        try (LogCapture log = LogCapture.start()) {
            poller.repeat(() -> {
                int number = attempts.incrementAndGet();
                if (number == ATTEMPTS_BEFORE_MESSAGE) {
                    assertThat(log.messages(Level.INFO)).isEmpty();
                }
                return number > 2 * ATTEMPTS_BEFORE_MESSAGE;
            });
            poller.repeat(() -> attempts.get() > 2 * ATTEMPTS_BEFORE_MESSAGE);

            Await.until(TIMEOUT, () -> attempts.get() > 2 * ATTEMPTS_BEFORE_MESSAGE);
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Databases are not measured so far: no global OpenTelemetry is set. Register the SDK as the"
                                    + " global one, or pass it to DatabaseTelemetry.on.");
        }
    }

    @Test
    void thread_inheritsNothingFromTheThreadThatOpensTheDatabase() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("set by the opening thread");
        AtomicReference<String> seen = new AtomicReference<>("");

        poller.repeat(() -> {
            seen.set(String.valueOf(local.get()));
            return true;
        });

        Await.until(TIMEOUT, () -> !"".equals(seen.get()));
        assertThat(seen).hasValue("null");
    }

    @Test
    void attempt_thatThrows_isLogged_andOthersAreStillCalled() {
        try (LogCapture log = LogCapture.start()) {
            poller.repeat(() -> {
                throw new IllegalStateException("broken");
            });
            poller.repeat(() -> attempts.incrementAndGet() == 3);

            Await.until(TIMEOUT, () -> attempts.get() == 3);
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "The metrics of a database cannot be started. Its next new connection tries again.");
        }
    }

    @Test
    void attempt_thatFailsWithAnError_doesNotEndThePollingForOtherDatabases() {
        poller.repeat(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        poller.repeat(() -> attempts.incrementAndGet() == 3);

        Await.until(TIMEOUT, () -> attempts.get() == 3);
    }

    @Test
    void repeat_threadThatCannotBeStarted_isLogged_andTheNextCallTriesAgain() {
        AtomicBoolean atTheLimit = new AtomicBoolean(true);
        // Since Java 21 the executor does not call Thread.start() of a subclass, so the factory throws the error of
        // start()
        BindingPoller limited = new BindingPoller(
                task -> {
                    if (atTheLimit.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return BindingPoller.daemon(task);
                },
                INTERVAL_MILLIS);
        try (LogCapture log = LogCapture.start()) {
            limited.repeat(() -> attempts.incrementAndGet() == 1);

            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "The thread 'wellhead-metrics' cannot be started (unable to create native thread). If the"
                                    + " global OpenTelemetry is set later, the metrics of a database begin with its next new"
                                    + " connection. Allow the process more threads.");
        }

        atTheLimit.set(false);
        limited.repeat(() -> true);

        Await.until(TIMEOUT, () -> attempts.get() == 1);
    }

    private Thread named(Thread thread) {
        thread.setName(threadName);
        return thread;
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals(threadName))
                .toList();
    }
}
