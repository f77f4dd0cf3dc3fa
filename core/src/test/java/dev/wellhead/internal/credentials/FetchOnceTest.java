package dev.wellhead.internal.credentials;

import static dev.wellhead.internal.credentials.RefreshScript.schedule;
import static dev.wellhead.internal.credentials.RefreshScript.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** Refreshes that a caller requests, regardless of the schedule. */
@Timeout(60)
class FetchOnceTest {

    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final RefreshScript source = new RefreshScript();

    @Test
    void fetchOnce_nothingNew_fetchesOnceAndWaitsForNoChange() throws CredentialsException {
        source.known = set(1);

        assertThat(refresher().fetchOnce(BUDGET).generation()).isEqualTo(1);

        assertThat(source.refused).containsExactly(RefreshScript.EVERYTHING);
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void fetchOnce_newCredentials_returnsThem() throws CredentialsException {
        source.known = set(1);
        source.finds(2);

        assertThat(refresher().fetchOnce(BUDGET).generation()).isEqualTo(2);
    }

    @Test
    void fetchOnce_tooEarlyForTheSchedule_fetchesAnyway() throws CredentialsException {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        Refresher<CredentialsSet> refresher = refresher();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> refresher.fetchOnce(BUDGET))
                    .hasMessage("The store is down.")
                    .hasCause(source.failure);
        }

        assertThat(source.refused).hasSize(2);
    }

    @Test
    void fetchOnce_failure_isNotLoggedBecauseTheCallerGetsIt() {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(() -> refresher().fetchOnce(BUDGET)).hasMessage("The store is down.");

            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    @Test
    void fetchOnce_anotherFetchIsInProgress_isAwaitedAndFollowedByAnother() throws Exception {
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        Refresher<CredentialsSet> refresher = new Refresher<>(source, schedule(true), clock, tasks::add);
        source.known = set(1);
        refresher.prefetch();
        List<Object> results = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(new Thread(() -> {
                try {
                    results.add(refresher.fetchOnce(Duration.ofMinutes(1)).generation());
                } catch (CredentialsException e) {
                    results.add(e);
                }
            }));
        }
        callers.forEach(Thread::start);
        awaitWaiting(callers);
        assertThat(tasks).hasSize(1);

        tasks.get(0).run();
        Await.until(BUDGET, "the second fetch", () -> tasks.size() == 2);
        source.finds(2);
        awaitWaiting(callers);
        tasks.get(1).run();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(results).containsExactly(2L, 2L, 2L, 2L);
        assertThat(source.refused).containsExactly(0L, RefreshScript.EVERYTHING);
    }

    @Test
    void fetchOnce_sourceTakesTooLong_failsInTime() {
        Refresher<CredentialsSet> refresher = new Refresher<>(source, schedule(true), clock, task -> {});

        assertThatThrownBy(() -> refresher.fetchOnce(Duration.ofMillis(1))).hasMessage("late: PT0.001S");
    }

    private Refresher<CredentialsSet> refresher() {
        return new Refresher<>(source, schedule(true), clock, Runnable::run);
    }

    private static void awaitWaiting(List<Thread> threads) {
        Await.until(BUDGET, "every thread waits", () -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    }
}
