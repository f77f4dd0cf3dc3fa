package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.LogCapture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The states of a rotation, without a server: pool, clock and credentials are fakes. */
class RotationStateTest {

    private static final Duration BUDGET = Duration.ofSeconds(9);

    private final RotationFakes fakes = new RotationFakes();
    private final List<String> events = fakes.events;
    private final FakePool pool = fakes.pool;
    private final FakeClock clock = fakes.clock;
    private final FakeTimer timer = fakes.timer;
    private final FakeCredentials credentials = fakes.credentials;
    private final Rotation rotation = fakes.rotation(BUDGET);

    @BeforeEach
    void openFirst() {
        credentials.accept(credentials.current);
        rotation.start(timer);
        rotation.opened(1);
    }

    @Test
    void start_firstStep_isASecondLater() {
        assertThat(timer.pending()).containsExactly(1_000L);
    }

    @Test
    void step_noRotation_checksTheCredentialsEachSecond() {
        assertThat(rotation.step()).isEqualTo(1_000);

        assertThat(credentials.budgets).containsExactly(Duration.ofSeconds(5));
        assertThat(pool.log).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void step_beforeTheFirstConnection_doesNotAskForCredentials() {
        Rotation unconnected = fakes.rotation(BUDGET);

        assertThat(unconnected.step()).isEqualTo(1_000);

        assertThat(credentials.budgets).isEmpty();
    }

    @Test
    void step_shortBudget_isNotExceeded() {
        credentials.current = FakeCredentials.set(2);
        Rotation hasty = fakes.rotation(Duration.ofSeconds(2));
        hasty.opened(1);

        hasty.step();

        assertThat(credentials.budgets).containsExactly(Duration.ofSeconds(2));
        assertThat(pool.budgets).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void step_newCredentials_areProvenAndTheProofIsTheFirstReplacement() {
        credentials.current = FakeCredentials.set(2);
        try (LogCapture log = LogCapture.start()) {
            rotation.step();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'default': found new credentials in a vault (version 2). Trying them.",
                            "Database 'default': the server accepted new credentials from a vault (version 1)."
                                    + " 2 older connections retire one at a time.");
        }
        assertThat(pool.log).containsExactly("openWithFirstCandidate");
        assertThat(pool.budgets).containsExactly(Duration.ofSeconds(5));
        assertThat(pool.isReady()).isTrue();
        assertThat(events).containsExactly("proven 2, 2 retire");
        assertThat(timer.pending()).containsExactly(0L);
    }

    @Test
    void step_untilAllRetired_completesAndReportsTheDuration() {
        rotation.opened(2);
        assertThat(rotation.step()).isEqualTo(25);
        assertThat(rotation.step()).isEqualTo(25);
        assertThat(events).containsExactly("proven 2, 2 retire");

        clock.advance(Duration.ofMillis(412));
        try (LogCapture log = LogCapture.start()) {
            assertThat(rotation.step()).isEqualTo(1_000);

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'default': the rotation of a vault is complete (version 1). 2 connections"
                                    + " retired in 412 ms.");
        }
        assertThat(events).containsExactly("proven 2, 2 retire", "completed 2, 2 retired in 412 ms");
        assertThat(pool.generations()).containsExactly(2L, 2L);
        assertThat(pool.log).endsWith("drop");

        assertThat(rotation.step()).isEqualTo(1_000);
        assertThat(events).hasSize(2);
    }

    @Test
    void step_serverRefusesTheNewCredentials_triesAgainAfterGrowingPauses() {
        credentials.current = FakeCredentials.set(2);
        pool.openFailure = RotationFakes.refused("The server refuses the password.");
        List<Long> proofs = new ArrayList<>();
        try (LogCapture log = LogCapture.start()) {
            for (long millis = 0; millis <= 125_000; millis += 500) {
                pool.log.clear();
                assertThat(rotation.step()).isEqualTo(1_000);
                if (pool.log.contains("openWithFirstCandidate")) {
                    proofs.add(millis);
                }
                clock.advance(Duration.ofMillis(500));
            }
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'default': found new credentials in a vault (version 2). Trying them.",
                            "Database 'default': the server does not accept the new credentials yet. The present ones"
                                    + " stay in use. The server refuses the password.");
        }
        assertThat(proofs).containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 61_000L, 91_000L, 121_000L);
        assertThat(events).isEmpty();

        credentials.current = FakeCredentials.set(3);
        pool.log.clear();
        rotation.step();
        assertThat(pool.log).containsExactly("openWithFirstCandidate");
    }

    @Test
    void step_sourceFails_keepsWatching() {
        credentials.failure = new SQLException("The vault is sealed.");

        assertThat(rotation.step()).isEqualTo(1_000);

        assertThat(pool.log).isEmpty();
    }

    @Test
    void step_proofOfALoginThatIsKnown_isDropped() {
        credentials.current = FakeCredentials.set(2);
        pool.opensGeneration = 1;

        rotation.step();

        assertThat(pool.log).containsExactly("openWithFirstCandidate", "drop");
        assertThat(events).isEmpty();
    }

    @Test
    void step_proofThatIsOlderThanTheRetirement_isDropped() {
        rotation.opened(3);
        credentials.current = FakeCredentials.set(2);
        pool.running = false;

        rotation.step();

        assertThat(pool.log).containsExactly("openWithFirstCandidate", "drop");
    }

    @Test
    void opened_firstConnection_startsNoRotation() {
        assertThat(events).isEmpty();
        assertThat(timer.pending()).containsExactly(1_000L);
    }

    @Test
    void opened_sameOrOlderGeneration_startsNoRotation() {
        rotation.opened(1);
        rotation.opened(0);

        assertThat(events).isEmpty();
    }

    /** After a move, an older connection can lead to a database that must not be written to any more. */
    @Test
    void opened_olderGenerationAfterTheRotation_isRetiredWithoutAnotherEvent() {
        rotation.opened(2);
        rotation.step();
        rotation.step();
        rotation.step();
        List<String> reported = List.copyOf(events);
        assertThat(pool.generations()).containsOnly(2L);

        pool.idle(1);
        rotation.opened(1);
        rotation.step();
        rotation.step();

        assertThat(pool.generations()).containsOnly(2L);
        assertThat(events).isEqualTo(reported).hasSize(2);
    }

    @Test
    void opened_newerGeneration_retiresTheOlderConnectionsSoon() {
        rotation.opened(2);

        assertThat(events).containsExactly("proven 2, 2 retire");
        assertThat(timer.pending()).containsExactly(0L);
        timer.runLast();
        assertThat(pool.generations()).containsExactly(1L, 2L);
        assertThat(timer.pending()).containsExactly(25L);
    }

    @Test
    void opened_newerGenerationDuringARetirement_replacesIt() {
        rotation.opened(2);
        rotation.step();
        pool.opensGeneration = 3;
        rotation.opened(3);
        for (int step = 0; step < 3; step++) {
            rotation.step();
        }

        assertThat(events)
                .containsExactly("proven 2, 2 retire", "proven 3, 2 retire", "completed 3, 2 retired in 0 ms");
        assertThat(pool.generations()).containsExactly(3L, 3L);
    }

    @Test
    void opened_newerGenerationWhileTheLastConnectionRetires_completesOnlyTheNewRotation() {
        rotation.opened(2);
        rotation.step();
        rotation.step();
        pool.beforeCount = () -> rotation.opened(3);

        rotation.step();
        assertThat(events).containsExactly("proven 2, 2 retire", "proven 3, 2 retire");

        pool.opensGeneration = 3;
        for (int step = 0; step < 3; step++) {
            rotation.step();
        }
        assertThat(events).last().isEqualTo("completed 3, 2 retired in 0 ms");
    }

    @Test
    void opened_replacementIsNewerThanTheProof_startsTheNextRotation() {
        rotation.opened(2);
        pool.opensGeneration = 3;

        rotation.step();

        assertThat(events).containsExactly("proven 2, 2 retire", "proven 3, 2 retire");
    }

    @Test
    void opened_onManyThreads_startsOneRotation() throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                    rotation.opened(2);
                } catch (InterruptedException e) {
                    events.add("interrupted");
                }
            });
            thread.start();
            threads.add(thread);
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(events).containsExactly("proven 2, 2 retire");
    }

    @Test
    void borrowed_duringARetirement_isEvictedAfterItsReturn() {
        rotation.opened(2);
        pool.idle(2);
        Connection old = pool.borrow();
        Connection other = pool.borrow();
        rotation.borrowed(old);
        rotation.borrowed(other);
        pool.giveBack(old);

        assertThat(rotation.step()).isEqualTo(25);

        assertThat(pool.log).containsExactly("open", "evict 1");
    }

    @Test
    void stop_duringARetirement_endsIt() {
        rotation.opened(2);
        rotation.stop();

        rotation.step();
        rotation.opened(3);

        assertThat(pool.log).isEmpty();
        assertThat(events).containsExactly("proven 2, 2 retire");
        assertThat(timer.pending()).isEmpty();
    }

    @Test
    void step_newCredentialsCannotBeTried_blamesNoRefusal() {
        credentials.current = FakeCredentials.set(2);
        pool.openFailure = new ConnectionFailedException("Nothing listens.", "08001", FailureKind.REFUSED, null);
        try (LogCapture log = LogCapture.start()) {
            rotation.step();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'default': found new credentials in a vault (version 2). Trying them.",
                            "Database 'default': the new credentials could not be tried. The present ones stay in use."
                                    + " Nothing listens.");
        }
    }

    @Test
    void step_loginAcceptedWithoutASession_provesTheCredentialsAndRetiresTheOlderConnections() {
        credentials.current = FakeCredentials.set(2);
        pool.openFailure = new ConnectionFailedException(
                "Too many connections for the role.", "53300", FailureKind.TOO_MANY_CONNECTIONS, null);
        pool.beforeFailure = () -> credentials.accept(credentials.current);
        try (LogCapture log = LogCapture.start()) {
            rotation.step();

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Database 'default': found new credentials in a vault (version 2). Trying them.",
                            "Database 'default': the server accepted new credentials from a vault (version 2)."
                                    + " 2 older connections retire one at a time.",
                            "Database 'default': the login that proved the new credentials opened no session."
                                    + " Too many connections for the role.");
        }
        assertThat(events).containsExactly("proven 2, 2 retire");
    }

    @Test
    void step_aLoginOfThePoolWasAcceptedWithoutASession_startsTheRotation() {
        credentials.current = FakeCredentials.set(2);
        credentials.accept(credentials.current);

        rotation.step();

        assertThat(events).containsExactly("proven 2, 2 retire");
        assertThat(pool.log).isEmpty();
    }
}
