package dev.wellhead.internal.credentials;

import static dev.wellhead.internal.credentials.RefreshScript.schedule;
import static dev.wellhead.internal.credentials.RefreshScript.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.RefreshListener;
import dev.wellhead.testkit.LogCapture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** The clock and the executor are controlled by the test, so that it decides the order of events. */
@Timeout(60)
class RefresherTest {

    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final RefreshSchedule POLLING = schedule(true);

    private final ManualClock clock = new ManualClock();
    private final RefreshScript source = new RefreshScript();

    @Test
    void newerThan_nothingKnown_fetchesOnce() throws CredentialsException {
        source.finds(1);

        assertThat(refresher().newerThan(0, BUDGET).generation()).isEqualTo(1);
        assertThat(source.refused).containsExactly(0L);
    }

    @Test
    void newerThan_newerOnesKnown_fetchesNothing() throws CredentialsException {
        source.known = set(2);

        assertThat(refresher().newerThan(1, BUDGET).generation()).isEqualTo(2);
        assertThat(source.refused).isEmpty();
    }

    @Test
    void newerThan_nothingNewYet_pollsUntilThereIs() throws CredentialsException {
        source.known = set(1);
        clock.onWait(() -> {
            if (clock.waits().size() == 4) {
                source.finds(2);
            }
        });

        assertThat(refresher().newerThan(1, BUDGET).generation()).isEqualTo(2);
        assertThat(clock.waits()).containsExactly(150L, 300L, 600L, 1000L);
        assertThat(source.refused).containsExactly(1L, 1L, 1L, 1L, 1L);
    }

    @Test
    void newerThan_nothingNewWithinTheBudget_returnsTheKnownSetInTime() throws CredentialsException {
        source.known = set(1);

        assertThat(refresher().newerThan(1, BUDGET).generation()).isEqualTo(1);
        assertThat(clock.nanoTime()).isLessThanOrEqualTo(BUDGET.toNanos());
    }

    @Test
    void newerThan_scheduleWithoutWaiting_returnsTheKnownSetAfterOneFetch() throws CredentialsException {
        source.known = set(1);
        Refresher<CredentialsSet> refresher = new Refresher<>(source, schedule(false), clock, Runnable::run);

        refresher.newerThan(1, BUDGET);
        assertThat(refresher.newerThan(1, BUDGET).generation()).isEqualTo(1);

        assertThat(source.refused)
                .as("the second call is too early for another fetch")
                .hasSize(1);
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void newerThan_sourceFailed_failsImmediatelyWithoutAnotherCall() {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        Refresher<CredentialsSet> refresher = refresher();

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> refresher.newerThan(1, BUDGET))
                    .isInstanceOf(CredentialsException.class)
                    .isNotSameAs(source.failure)
                    .hasMessage("The store is down.")
                    .hasCause(source.failure);
        }

        assertThat(source.refused).hasSize(1);
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void newerThan_sourceStaysDown_isFetchedLessAndLessOften() {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        Refresher<CredentialsSet> refresher = refresher();
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 30; second++) {
            int before = source.refused.size();
            assertThatThrownBy(() -> refresher.newerThan(1, BUDGET)).hasMessage("The store is down.");
            if (source.refused.size() > before) {
                seconds.add(second);
            }
            clock.advanceMillis(1000);
        }

        assertThat(seconds).containsExactly(0, 1, 2, 3, 5, 9, 13, 17, 21, 25, 29);
    }

    @Test
    void newerThan_sourceBreaks_failsWithTheMessageOfTheSource() {
        source.breakage = new NoClassDefFoundError("x");

        assertThatThrownBy(() -> refresher().newerThan(0, BUDGET))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("broken: java.lang.NoClassDefFoundError")
                .rootCause()
                .isSameAs(source.breakage);
    }

    @Test
    void newerThan_slowSource_isLeftInTimeAndItsLateAnswerCounts() throws CredentialsException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, tasks::add);
        source.finds(1);

        assertThatThrownBy(() -> refresher.newerThan(0, Duration.ofMillis(20))).hasMessage("late: PT0.02S");
        tasks.remove().run();

        assertThat(refresher.newerThan(0, Duration.ofMillis(20)).generation()).isEqualTo(1);
        assertThat(tasks).as("the second call started no fetch").isEmpty();
    }

    @Test
    void newerThan_fetchThatNeverEnds_isAbandonedAfterAWhile() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, tasks::add);
        assertThatThrownBy(() -> refresher.newerThan(0, Duration.ofMillis(1))).hasMessageStartingWith("late");

        clock.advanceMillis(14_999);
        assertThatThrownBy(() -> refresher.newerThan(0, Duration.ofMillis(1))).hasMessageStartingWith("late");
        assertThat(tasks).hasSize(1);
        clock.advanceMillis(1);
        assertThatThrownBy(() -> refresher.newerThan(0, Duration.ofMillis(1))).hasMessageStartingWith("late");
        assertThat(tasks).hasSize(2);
    }

    @Test
    void newerThan_noThreadWithinTheBudget_isLate() {
        Executor busy = task -> {
            throw new RejectedExecutionException();
        };
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, busy);

        assertThatThrownBy(() -> refresher.newerThan(0, Duration.ofMillis(50))).hasMessage("late: PT0.05S");
        assertThat(clock.waits()).containsExactly(20L, 20L, 10L);
    }

    @Test
    void newerThan_manyCallers_shareOneFetch() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        source.finds(1);
        source.onFetch = () -> {
            fetching.countDown();
            awaitUnchecked(release);
        };
        Refresher<CredentialsSet> refresher =
                new Refresher<>(source, POLLING, RefreshClock.SYSTEM, task -> new Thread(task).start());
        List<FutureTask<CredentialsSet>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<CredentialsSet> answer = new FutureTask<>(() -> refresher.newerThan(0, Duration.ofSeconds(30)));
            new Thread(answer).start();
            answers.add(answer);
        }
        awaitUnchecked(fetching);
        release.countDown();

        for (FutureTask<CredentialsSet> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).generation()).isEqualTo(1);
        }
        assertThat(source.refused).hasSize(1);
    }

    @Test
    void newerThan_interruptedWhileWaiting_restoresTheFlag() {
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, task -> {});
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> refresher.newerThan(0, BUDGET))
                .hasMessage("Interrupted while waiting for credentials.");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void prefetch_repeated_startsOneFetch() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, tasks::add);

        refresher.prefetch();
        refresher.prefetch();

        assertThat(tasks).hasSize(1);
    }

    @Test
    void refreshIfDue_beforeTheInterval_fetchesNothing() {
        source.known = set(1);
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, Runnable::run);

        refresher.refreshIfDue(INTERVAL);
        assertThat(source.refused).isEmpty();
        clock.advance(INTERVAL.toNanos());
        refresher.refreshIfDue(INTERVAL);
        refresher.refreshIfDue(INTERVAL);

        assertThat(source.refused).containsExactly(0L);
    }

    @Test
    void refreshIfDue_failure_isLoggedOnceAndRepeatedSoon() {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, clock, Runnable::run);
        try (LogCapture log = LogCapture.start()) {
            clock.advance(INTERVAL.toNanos());
            refresher.refreshIfDue(INTERVAL);
            clock.advanceMillis(5_000);
            refresher.refreshIfDue(INTERVAL);

            assertThat(log.messages(Level.WARN))
                    .containsExactly("The store is down. The last good credentials stay in use.");
        }
        assertThat(source.refused).hasSize(2);
    }

    @Test
    void reportTo_everyFetch_isReportedWithItsOutcome() throws CredentialsException {
        List<String> outcomes = new ArrayList<>();
        Refresher<CredentialsSet> refresher = refresher();
        refresher.reportTo(new RefreshListener() {
            @Override
            public void refreshed(Duration duration, boolean changed) {
                outcomes.add(changed ? "changed" : "unchanged");
            }

            @Override
            public void refreshFailed(Duration duration) {
                outcomes.add("failed");
            }
        });

        source.finds(1);
        refresher.newerThan(0, BUDGET);
        refresher.fetchNow(0);
        source.failure = new CredentialsException("The store is down.");
        assertThatThrownBy(() -> refresher.newerThan(1, BUDGET)).hasMessage("The store is down.");

        assertThat(outcomes).containsExactly("changed", "unchanged", "failed");
    }

    @Test
    void poll_nothingNew_fetchesAsOftenAsThePaceAllows() throws CredentialsException {
        source.known = set(1);
        Refresher<CredentialsSet> refresher = refresher();
        List<Integer> fetchedAt = new ArrayList<>();
        for (int millis = 0; millis < 4_000; millis += 50) {
            int before = source.refused.size();
            refresher.poll(BUDGET);
            if (source.refused.size() > before) {
                fetchedAt.add(millis);
            }
            clock.advanceMillis(50);
        }

        assertThat(fetchedAt).containsExactly(0, 150, 450, 1050, 2050, 3050);
        assertThat(source.refused).as("nothing was refused").containsOnly(0L);
        assertThat(clock.waits()).isEmpty();
    }

    @Test
    void poll_sourceFailed_failsUntilItAnswers() throws CredentialsException {
        source.known = set(1);
        source.failure = new CredentialsException("The store is down.");
        Refresher<CredentialsSet> refresher = refresher();
        assertThatThrownBy(() -> refresher.poll(BUDGET)).hasMessage("The store is down.");
        assertThatThrownBy(() -> refresher.poll(BUDGET)).hasMessage("The store is down.");
        source.failure = null;
        clock.advanceMillis(250);

        refresher.poll(BUDGET);

        assertThat(source.refused).hasSize(2);
    }

    @Test
    void poll_slowSource_returnsInTimeAndTheFetchContinues() throws CredentialsException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Refresher<CredentialsSet> refresher = new Refresher<>(source, POLLING, RefreshClock.SYSTEM, tasks::add);
        source.finds(1);

        refresher.poll(Duration.ofMillis(1));
        refresher.poll(Duration.ofMillis(1));
        tasks.remove().run();

        assertThat(tasks).isEmpty();
        assertThat(source.lastKnown()).isNotNull();
    }

    private Refresher<CredentialsSet> refresher() {
        return new Refresher<>(source, POLLING, clock, Runnable::run);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
