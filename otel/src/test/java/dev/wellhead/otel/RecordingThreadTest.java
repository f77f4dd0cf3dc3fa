package dev.wellhead.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class RecordingThreadTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordingThread thread = new RecordingThread("recording-test");
    private final AtomicLong asked = new AtomicLong();

    @Test
    void source_withMuchToDo_isAskedUntilItIsRemovedAndThenTheThreadEnds() {
        RecordingThread.Source busy = () -> {
            asked.incrementAndGet();
            return 1_000_000;
        };
        thread.add(busy);
        assertThat(isRunning()).isFalse();

        thread.wake();
        thread.wake();

        Await.until(SOON, () -> asked.get() > 10);
        assertThat(running()).hasSize(1).allMatch(Thread::isDaemon);
        thread.remove(busy);
        Await.until(SOON, () -> !isRunning());
    }

    @Test
    void wake_afterTheThreadEnded_startsAnother() {
        RecordingThread.Source source = () -> {
            asked.incrementAndGet();
            return 0;
        };
        thread.add(source);
        thread.wake();
        Await.until(SOON, () -> asked.get() > 0);
        thread.remove(source);
        Await.until(SOON, () -> !isRunning());
        long before = asked.get();

        thread.add(source);
        Await.until(SOON, () -> {
            thread.wake();
            return asked.get() > before;
        });
        thread.remove(source);
        Await.until(SOON, () -> !isRunning());
    }

    @Test
    void source_thatThrows_isLeftOutAndDisturbsNobody() {
        RecordingThread.Source broken = () -> {
            throw new IllegalStateException("broken");
        };
        RecordingThread.Source good = () -> {
            asked.incrementAndGet();
            return 1_000_000;
        };
        try (LogCapture log = LogCapture.start()) {
            thread.add(broken);
            thread.add(good);
            thread.wake();
            Await.until(SOON, () -> asked.get() > 3);
            thread.remove(good);
            Await.until(SOON, () -> !isRunning());

            assertThat(log.messages(Level.WARN))
                    .containsExactly("Times of borrowers could not be recorded; they are left to whoever collects.");
        }
    }

    private boolean isRunning() {
        return !running().isEmpty();
    }

    private static List<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals("recording-test"))
                .toList();
    }
}
