package dev.wellhead.internal.pool.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of generation 1 are replaced by connections of generation 2. */
class RetirementTest {

    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final long NEXT = 25;
    private static final long NOTHING_TO_RETIRE = 200;
    private static final long FAILED = 1_000;

    private final FakePool pool = new FakePool();

    @Test
    void step_idleOldConnection_isReplacedByOneThatWasOpenedBefore() {
        pool.idle(1, 1, 1);
        Retirement retirement = retirement();

        assertThat(retirement.step(3)).isEqualTo(NEXT);

        assertThat(pool.log).containsExactly("open", "acquire", "evict 1");
        assertThat(pool.generations()).containsExactly(1L, 1L, 2L);
        assertThat(pool.budgets).containsExactly(BUDGET);
    }

    @Test
    void step_untilNoneIsLeft_replacesOneAtATime() {
        pool.idle(1, 1, 1);
        Retirement retirement = retirement();
        assertThat(retirement.count()).isEqualTo(3);

        List<Integer> left = new ArrayList<>();
        while (pool.countOlderThan(2) > 0) {
            left.add(pool.countOlderThan(2));
            retirement.step(pool.countOlderThan(2));
        }

        assertThat(left).containsExactly(3, 2, 1);
        assertThat(pool.generations()).containsExactly(2L, 2L, 2L);
    }

    @Test
    void step_usedOldConnection_isNotTouched() {
        pool.idle(1);
        Retirement retirement = retirement();
        retirement.borrowed(pool.borrow());

        assertThat(retirement.step(1)).isEqualTo(NOTHING_TO_RETIRE);

        assertThat(pool.log).isEmpty();
    }

    @Test
    void step_oldConnectionThatWasReturned_isEvictedThroughItsProxy() {
        pool.idle(1, 2);
        Retirement retirement = retirement();
        Connection old = pool.borrow();
        retirement.borrowed(old);
        pool.giveBack(old);

        assertThat(retirement.step(1)).isEqualTo(NEXT);

        assertThat(pool.log).containsExactly("open", "evict 1");
        assertThat(pool.generations()).containsExactly(2L, 2L);
    }

    @Test
    void step_oldConnectionThatIsUsedAgain_endsWhenItIsReturned() {
        pool.idle(1).minimumIdle = 0;
        Retirement retirement = retirement();
        Connection first = pool.borrow();
        retirement.borrowed(first);
        pool.giveBack(first);
        Connection second = pool.borrow();
        retirement.borrowed(second);

        assertThat(retirement.step(1)).isEqualTo(NEXT);
        assertThat(retirement.step(1)).isEqualTo(NOTHING_TO_RETIRE);
        assertThat(pool.log).containsExactly("open", "evict 1");
        assertThat(pool.generations()).containsExactly(1L);

        pool.giveBack(second);
        assertThat(pool.generations()).isEmpty();
    }

    @Test
    void step_returnedConnectionThatTheServerClosed_isForgotten() {
        pool.idle(1);
        Retirement retirement = retirement();
        Connection old = pool.borrow();
        retirement.borrowed(old);
        pool.giveBack(old);
        pool.terminate(old);

        assertThat(retirement.step(1)).isEqualTo(NOTHING_TO_RETIRE);

        assertThat(pool.log).isEmpty();
    }

    @Test
    void borrowed_newConnection_isNotRemembered() {
        pool.idle(2);
        Retirement retirement = retirement();
        Connection current = pool.borrow();
        retirement.borrowed(current);
        pool.giveBack(current);
        pool.idle(1);
        retirement.borrowed(pool.borrow());
        retirement.borrowed(pool.borrow());

        assertThat(retirement.step(1)).isEqualTo(NOTHING_TO_RETIRE);

        assertThat(pool.log).isEmpty();
    }

    @Test
    void step_newerIdleConnectionsInFront_areHeldDuringTheSearchUpToSeventeen() {
        pool.idle(generations(16, 2)).idle(1);
        assertThat(retirement().step(1)).isEqualTo(NEXT);
        assertThat(Collections.frequency(pool.log, "acquire")).isEqualTo(17);
        assertThat(pool.generations()).hasSize(17).containsOnly(2L);

        pool.log.clear();
        pool.idle(2).idle(1);
        assertThat(retirement().step(1)).isEqualTo(NOTHING_TO_RETIRE);
        assertThat(Collections.frequency(pool.log, "acquire")).isEqualTo(17);
        assertThat(pool.idle()).isEqualTo(19);
    }

    @Test
    void step_threadsWait_doesNotTakeIdleConnectionsFromThem() {
        pool.idle(1);
        pool.maximumPoolSize = 1;
        pool.pending = 1;

        assertThat(retirement().step(1)).isEqualTo(NOTHING_TO_RETIRE);

        assertThat(pool.log).containsExactly("open");
    }

    @Test
    void step_threadsWaitAndThePoolMayGrow_acquiresForThem() {
        pool.idle(1);
        pool.borrow();
        pool.pending = 1;

        retirement().step(1);

        assertThat(pool.log).containsExactly("acquire");
    }

    @Test
    void step_oldOnesUsedAndNewOnesIdle_searchesLessAndLessOften() {
        pool.idle(1, 1, 2);
        Retirement retirement = retirement();
        retirement.borrowed(pool.borrow());
        retirement.borrowed(pool.borrow());

        List<Integer> searches = new ArrayList<>();
        for (int step = 0; step <= 100; step++) {
            pool.log.clear();
            assertThat(retirement.step(2)).isEqualTo(NOTHING_TO_RETIRE);
            if (pool.log.contains("acquire")) {
                searches.add(step);
            }
        }
        assertThat(searches).containsExactly(0, 1, 2, 4, 8, 16, 25, 32, 50, 64, 75, 100);
    }

    @Test
    void step_moreOldOnesThanUsedOnes_searchesAtEachStep() {
        pool.idle(1, 1, 2);
        Connection first = pool.borrow();
        Connection second = pool.borrow();
        Retirement retirement = retirement();
        for (int step = 0; step < 3; step++) {
            assertThat(retirement.step(2)).isEqualTo(NOTHING_TO_RETIRE);
        }
        pool.giveBack(first);
        pool.giveBack(second);

        assertThat(retirement.step(2)).isEqualTo(NEXT);

        assertThat(pool.log).endsWith("evict 1");
    }

    @Test
    void step_afterAConnectionHasRetired_searchesSoonAgain() {
        pool.idle(1, 1, 2);
        Retirement retirement = retirement();
        Connection first = pool.borrow();
        retirement.borrowed(first);
        retirement.borrowed(pool.borrow());
        for (int step = 0; step < 3; step++) {
            retirement.step(2);
        }
        pool.giveBack(first);
        assertThat(retirement.step(2)).isEqualTo(NEXT);
        pool.log.clear();

        retirement.step(1);

        assertThat(pool.log).contains("acquire");
    }

    @Test
    void step_connectionThatIsNotOfWellhead_isKept() {
        pool.idle(-1, 1);

        assertThat(retirement().step(1)).isEqualTo(NEXT);

        assertThat(pool.log).containsExactly("open", "acquire", "acquire", "evict 1");
        assertThat(pool.generations()).containsExactlyInAnyOrder(-1L, 2L);
    }

    @Test
    void step_replacementThatIsNotUsed_isDroppedAtEachTenthStep() {
        pool.idle(1, 1, 2);
        Retirement retirement = retirement();
        retirement.borrowed(pool.borrow());
        retirement.borrowed(pool.borrow());

        List<Integer> drops = new ArrayList<>();
        for (int step = 1; step <= 30; step++) {
            pool.log.clear();
            retirement.step(2);
            if (pool.log.contains("drop")) {
                drops.add(step);
            }
        }
        assertThat(drops).containsExactly(10, 20, 30);
        assertThat(pool.isReady()).isFalse();
    }

    @Test
    void step_poolHasNotUsedTheReplacementYet_waitsFortySteps() {
        pool.idle(1, 1, 1);
        pool.usesReplacements = false;
        Retirement retirement = retirement();
        retirement.step(3);
        pool.log.clear();

        for (int step = 1; step <= 40; step++) {
            assertThat(retirement.step(2)).isEqualTo(NEXT);
            assertThat(pool.log).isEmpty();
        }

        retirement.step(2);
        assertThat(pool.log).containsExactly("acquire", "evict 1");
    }

    @Test
    void step_threadsWaitForTheReplacement_retiresNoOther() {
        pool.idle(1, 1).minimumIdle = 0;
        pool.usesReplacements = false;
        pool.maximumPoolSize = 1;
        Retirement retirement = retirement();
        retirement.step(2);
        pool.log.clear();

        pool.pending = 1;
        assertThat(retirement.step(1)).isEqualTo(NEXT);

        assertThat(pool.log).isEmpty();
    }

    @Test
    void step_firstStepWithAReplacementReady_doesNotWait() throws SQLException {
        pool.idle(1).minimumIdle = 2;
        pool.open(BUDGET);

        assertThat(retirement().step(1)).isEqualTo(NEXT);

        assertThat(pool.generations()).containsExactly(2L);
    }

    @Test
    void step_replacementCannotOpen_keepsTheOldConnection() {
        pool.idle(1);
        pool.openFailure = new SQLException("The server is starting.");

        assertThat(retirement().step(1)).isEqualTo(FAILED);

        assertThat(pool.log).containsExactly("open");
        assertThat(pool.generations()).containsExactly(1L);
    }

    @Test
    void step_anotherClassifiedFailure_keepsTheOldConnection() {
        pool.idle(1);
        pool.openFailure = failure(FailureKind.CREDENTIALS_REFUSED);

        assertThat(retirement().step(1)).isEqualTo(FAILED);

        assertThat(pool.generations()).containsExactly(1L);
    }

    @Test
    void step_serverHasNoFreeSlot_endsTheOldConnectionFirst() {
        pool.idle(1);
        pool.openFailure = failure(FailureKind.TOO_MANY_CONNECTIONS);

        assertThat(retirement().step(1)).isEqualTo(NEXT);

        assertThat(pool.log).containsExactly("open", "acquire", "evict 1");
        assertThat(pool.generations()).isEmpty();
    }

    @Test
    void step_suspendedPool_doesNothing() {
        pool.idle(1);
        pool.running = false;

        assertThat(retirement().step(1)).isEqualTo(FAILED);

        assertThat(pool.log).isEmpty();
    }

    private Retirement retirement() {
        return new Retirement(2, "newest", 0, pool, pool, BUDGET);
    }

    private static ConnectionFailedException failure(FailureKind kind) {
        return new ConnectionFailedException("failed", "53300", kind, null);
    }

    private static long[] generations(int count, long generation) {
        long[] all = new long[count];
        java.util.Arrays.fill(all, generation);
        return all;
    }
}
