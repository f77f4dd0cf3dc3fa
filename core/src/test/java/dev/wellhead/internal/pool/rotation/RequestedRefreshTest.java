package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.testkit.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Refreshes that a caller requests, without a server: pool, clock and credentials are fakes. */
class RequestedRefreshTest {

    private static final Duration BUDGET = Duration.ofSeconds(9);

    private final RotationFakes fakes = new RotationFakes();
    private final List<String> events = fakes.events;
    private final FakePool pool = fakes.pool;
    private final FakeClock clock = fakes.clock;
    private final FakeCredentials credentials = fakes.credentials;
    private final Rotation rotation = fakes.rotation(BUDGET);

    @BeforeEach
    void openFirst() {
        credentials.accept(credentials.current);
        rotation.start(fakes.timer);
        rotation.opened(1);
    }

    @Test
    void refresh_sourceHasNothingNew_fetchesOnceAndIsFalse() throws SQLException {
        assertThat(rotation.refresh()).isFalse();

        assertThat(credentials.fetches).isEqualTo(1);
        assertThat(pool.log).isEmpty();
    }

    @Test
    void refresh_sourceHasNew_provesThemWithinTheBudget() throws SQLException {
        credentials.onFetch = () -> credentials.current = FakeCredentials.set(2);

        try (LogCapture log = LogCapture.start()) {
            assertThat(rotation.refresh()).isTrue();

            assertThat(log.messages(Level.INFO))
                    .startsWith("Database 'default': found new credentials in a vault (version 2). Trying them.");
        }
        assertThat(credentials.budgets).containsExactly(BUDGET);
        assertThat(pool.log).containsExactly("openWithFirstCandidate");
        assertThat(pool.budgets).containsExactly(BUDGET);
        assertThat(events).containsExactly("proven 2, 2 retire");
    }

    @Test
    void refresh_currentSetIsNotProvenYet_fetchesFirst() throws SQLException {
        credentials.current = FakeCredentials.set(2);

        assertThat(rotation.refresh()).isTrue();

        assertThat(credentials.fetches).isEqualTo(1);
    }

    @Test
    void refresh_newSetWithTheLoginInUse_isFalseWithoutALogin() throws SQLException {
        credentials.onFetch = () -> credentials.current =
                CredentialsSet.of(2, FakeCredentials.set(1).candidates());

        assertThat(rotation.refresh()).isFalse();

        assertThat(pool.log).isEmpty();
    }

    @Test
    void refresh_firstCandidateWasRefusedBeforeAnotherWasAccepted_isFalseWithoutALogin() throws SQLException {
        List<Credentials> both =
                List.of(Credentials.of("app", "old", "AWSCURRENT"), Credentials.of("app", "pending", "AWSPENDING"));
        credentials.current = CredentialsSet.of(2, both);
        credentials.memory.accepted(
                credentials.current, both.get(1), new LoginTarget("db", 5432), List.of(both.get(0)));
        rotation.opened(2);
        pool.log.clear();

        assertThat(rotation.refresh()).isFalse();

        assertThat(pool.log).isEmpty();
    }

    @Test
    void refresh_newSecondCandidate_triesALoginWithEveryCandidate() throws SQLException {
        credentials.onFetch = () -> credentials.current = CredentialsSet.of(
                2, List.of(FakeCredentials.set(1).candidates().get(0), Credentials.of("app", "pending", "AWSPENDING")));

        assertThat(rotation.refresh()).isTrue();

        assertThat(pool.log).containsExactly("open");
        assertThat(pool.isReady()).isTrue();
    }

    @Test
    void refresh_slowSource_leavesAtLeastATenthOfASecondForTheProof() throws SQLException {
        credentials.onFetch = () -> {
            credentials.current = FakeCredentials.set(2);
            clock.advance(BUDGET);
        };

        rotation.refresh();

        assertThat(pool.budgets).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void refresh_serverRefuses_throwsAndRetiresNothing() {
        credentials.onFetch = () -> credentials.current = FakeCredentials.set(2);
        pool.openFailure = RotationFakes.refused("refused");

        assertThatThrownBy(rotation::refresh).isSameAs(pool.openFailure);
        assertThat(events).isEmpty();
    }

    @Test
    void refresh_sourceFails_throws() {
        SQLException failure = new SQLException("The vault is sealed.");
        credentials.failure = failure;

        assertThatThrownBy(rotation::refresh).isSameAs(failure);
    }

    @Test
    void refresh_manyTogether_shareOneFetch() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        credentials.onFetch = () -> {
            credentials.current = FakeCredentials.set(2);
            fetching.countDown();
            await(go);
        };
        List<String> results = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                try {
                    results.add(String.valueOf(rotation.refresh()));
                } catch (SQLException e) {
                    results.add(String.valueOf(e.getMessage()));
                }
            }));
        }
        threads.get(0).start();
        fetching.await();
        for (Thread thread : threads.subList(1, 8)) {
            thread.start();
        }
        for (Thread thread : threads.subList(1, 8)) {
            // until the thread waits for the result of the first one
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(results).hasSize(8).containsOnly("true");
        assertThat(credentials.fetches).isEqualTo(1);
        assertThat(rotation.refresh()).isFalse();
        assertThat(credentials.fetches).isEqualTo(2);
    }

    @Test
    void proveCurrent_newCredentials_areProvenWithoutAFetch() throws SQLException {
        credentials.current = FakeCredentials.set(2);

        assertThat(rotation.proveCurrent()).isTrue();

        assertThat(credentials.fetches).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
