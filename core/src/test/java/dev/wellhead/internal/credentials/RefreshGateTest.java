package dev.wellhead.internal.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.CredentialsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RefreshGateTest {

    private static final Duration BUDGET = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void refresh_withinTheInterval_answersWithTheLastLook() throws CredentialsException {
        RefreshGate<Integer> gate = gate(budget -> looks.incrementAndGet());

        assertThat(gate.refresh(BUDGET)).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(99).toNanos());
        assertThat(gate.refresh(BUDGET)).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(gate.refresh(BUDGET)).isEqualTo(2);
    }

    @Test
    void refresh_failures_doubleTheIntervalUpToTheLongest() {
        RefreshGate<Integer> gate = gate(budget -> {
            looks.incrementAndGet();
            throw new CredentialsException("The store is down.");
        });

        List<Long> millisBetweenLooks = new ArrayList<>();
        long lastLook = 0;
        for (int millis = 0; millis <= 4000; millis++) {
            nanos.set(Duration.ofMillis(millis).toNanos());
            int before = looks.get();
            assertThatThrownBy(() -> gate.refresh(BUDGET)).hasMessage("The store is down.");
            if (looks.get() > before) {
                millisBetweenLooks.add(millis - lastLook);
                lastLook = millis;
            }
        }

        assertThat(millisBetweenLooks).containsExactly(0L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void refresh_afterAFailureThatPassed_goesBackToTheInterval() throws CredentialsException {
        RefreshGate<Integer> gate = gate(budget -> {
            if (looks.incrementAndGet() == 1) {
                throw new CredentialsException("The store is down.");
            }
            return looks.get();
        });

        assertThatThrownBy(() -> gate.refresh(BUDGET)).hasMessage("The store is down.");
        nanos.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(gate.refresh(BUDGET)).isEqualTo(2);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(gate.refresh(BUDGET)).isEqualTo(3);
    }

    @Test
    void refresh_byManyAtOnce_looksOnce() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RefreshGate<Integer> gate = gate(budget -> {
            looking.countDown();
            awaitQuietly(mayEnd);
            return looks.incrementAndGet();
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> gate.refresh(BUDGET)));
            }
            assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
            mayEnd.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void refresh_waitingLongerThanTheBudget_saysSo() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RefreshGate<Integer> gate = gate(budget -> {
            looking.countDown();
            awaitQuietly(mayEnd);
            return looks.incrementAndGet();
        });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> slow = threads.submit(() -> gate.refresh(BUDGET));
            assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> gate.refresh(Duration.ofMillis(20)))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("The credentials were still being refreshed by another thread after 20 ms.");
            mayEnd.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refresh_interruptedWhileWaiting_restoresTheFlag() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        RefreshGate<Integer> gate = gate(budget -> {
            looking.countDown();
            awaitQuietly(mayEnd);
            return looks.incrementAndGet();
        });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> slow = threads.submit(() -> gate.refresh(BUDGET));
            assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> gate.refresh(BUDGET))
                    .hasMessage("Interrupted while waiting for a refresh of the credentials.");
            assertThat(Thread.interrupted()).isTrue();
            mayEnd.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private RefreshGate<Integer> gate(RefreshGate.Look<Integer> look) {
        return new RefreshGate<>(Duration.ofMillis(100), Duration.ofSeconds(1), nanos::get, look);
    }

    private static void awaitQuietly(CountDownLatch latch) throws CredentialsException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new CredentialsException("The test forgot to let go.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CredentialsException("Interrupted.", e);
        }
    }
}
