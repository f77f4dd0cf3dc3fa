package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RecordingThreadTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordingThread thread = new RecordingThread(task -> named(RecordingThread.daemon(task)));
    private final AtomicLong asked = new AtomicLong();
    private final RecordingThread.Source idle = () -> {
        asked.incrementAndGet();
        return 0;
    };

    @AfterEach
    void end() {
        thread.remove(idle);
        Await.until(SOON, () -> running().isEmpty());
    }

    @Test
    void source_isAskedUntilItIsRemovedAndThenTheThreadEnds() {
        assertThat(running()).isEmpty();

        RecordingThread.Source another = () -> 0;
        thread.add(idle);
        thread.add(another);

        Await.until(SOON, () -> asked.get() > 3);
        assertThat(running()).hasSize(1).allMatch(Thread::isDaemon);
        thread.remove(another);
    }

    @Test
    void add_afterTheThreadEnded_startsAnother() {
        thread.add(idle);
        Await.until(SOON, () -> asked.get() > 0);
        thread.remove(idle);
        Await.until(SOON, () -> running().isEmpty());
        long before = asked.get();

        thread.add(idle);

        Await.until(SOON, () -> asked.get() > before);
    }

    @Test
    void wake_whileItPauses_asksAtOnce() {
        thread.add(idle);
        // from here on it pauses for a quarter of a second
        Await.until(SOON, () -> asked.get() > 12);
        long before = asked.get();

        // would take five times as long otherwise
        Await.until(SOON, () -> {
            thread.wake();
            return asked.get() > before + 200;
        });
    }

    @Test
    void interrupt_isIgnored() {
        thread.add(idle);
        Await.until(SOON, () -> !running().isEmpty());
        running().get(0).interrupt();
        long before = asked.get();

        Await.until(SOON, () -> asked.get() > before + 1);

        assertThat(running()).hasSize(1).noneMatch(Thread::isInterrupted);
    }

    @Test
    void thread_ofABorrower_inheritsNothing() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("a borrower's");
        AtomicReference<String> seen = new AtomicReference<>("");
        RecordingThread.Source looking = () -> {
            seen.set(String.valueOf(local.get()));
            return idle.record();
        };

        thread.add(looking);
        Await.until(SOON, () -> asked.get() > 0);
        thread.remove(looking);

        assertThat(seen).hasValue("null");
    }

    @Test
    void source_thatThrows_isLeftOutAndDisturbsNobody() {
        RecordingThread.Source broken = new RecordingThread.Source() {
            @Override
            public long record() {
                throw new IllegalStateException("broken");
            }

            @Override
            public String toString() {
                return "pool 'broken'";
            }
        };
        try (LogCapture log = LogCapture.start()) {
            thread.add(broken);
            thread.add(idle);
            Await.until(SOON, () -> asked.get() > 3);

            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "Times of pool 'broken' cannot be recorded; they are left to whoever collects metrics.");
        }
    }

    @Test
    void add_noThreadCanBeStarted_isSaidAndTriedAgainWithTheNext() {
        AtomicBoolean full = new AtomicBoolean(true);
        RecordingThread limited =
                new RecordingThread(task -> full.get() ? new NoThread() : RecordingThread.daemon(task));
        try (LogCapture log = LogCapture.start()) {
            limited.add(idle);
            limited.wake();
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "The thread 'wellhead-metrics' cannot be started (unable to create native thread): what it"
                                    + " records is left to whoever collects metrics until the next database is opened. Allow the"
                                    + " process more threads.");
        }
        assertThat(asked).hasValue(0);

        full.set(false);
        RecordingThread.Source next = () -> 0;
        limited.add(next);

        Await.until(SOON, () -> asked.get() > 0);
        limited.remove(next);
        limited.remove(idle);
    }

    @Test
    void thread_thatDiesOfAnError_isStartedAgainWithTheNext() {
        AtomicReference<Throwable> diedOf = new AtomicReference<>();
        RecordingThread mortal = new RecordingThread(task -> {
            Thread started = RecordingThread.daemon(task);
            started.setUncaughtExceptionHandler((thread, error) -> diedOf.set(error));
            return started;
        });
        RecordingThread.Source deadly = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        mortal.add(deadly);
        Await.until(SOON, () -> diedOf.get() != null);
        mortal.remove(deadly);

        mortal.add(idle);

        Await.until(SOON, () -> asked.get() > 0);
        mortal.remove(idle);
    }

    private static Thread named(Thread thread) {
        thread.setName("recording-test");
        return thread;
    }

    private static final class NoThread extends Thread {
        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    private static List<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals("recording-test"))
                .toList();
    }
}
