package dev.wellhead.internal.pool.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.internal.pool.rotation.FakePool;
import java.sql.Connection;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PendingEvictionsTest {

    private final FakePool pool = new FakePool().idle(1, 2, 3);
    private final PendingEvictions evictions = new PendingEvictions(pool);

    @Test
    void evict_markedConnection_isEvictedOnce() {
        Connection borrowed = pool.borrow();
        evictions.mark(physical(borrowed));
        assertThat(evictions.isActive()).isTrue();

        assertThat(evictions.evict(borrowed)).isTrue();

        assertThat(pool.generations()).containsExactly(2L, 3L);
        assertThat(evictions.isActive()).isFalse();
    }

    @Test
    void evict_otherConnection_isKept() {
        Connection marked = pool.borrow();
        evictions.mark(physical(marked));

        assertThat(evictions.evict(pool.borrow())).isFalse();

        assertThat(pool.generations()).containsExactly(1L, 2L, 3L);
        assertThat(evictions.isActive()).isTrue();
    }

    @Test
    void evictIdle_markedConnections_areEvictedAndTheOthersGivenBack() {
        Connection first = pool.borrow();
        Connection second = pool.borrow();
        evictions.mark(physical(second));
        pool.giveBack(first);
        pool.giveBack(second);

        evictions.evictIdle();

        assertThat(pool.generations()).containsExactlyInAnyOrder(1L, 3L);
        assertThat(pool.idle()).isEqualTo(2);
        assertThat(evictions.isActive()).isFalse();
    }

    @Test
    void evictIdle_nothingMarked_acquiresNothing() {
        evictions.evictIdle();

        assertThat(pool.log).isEmpty();
    }

    /** A borrower must not wait because of the search. */
    @Test
    void evictIdle_threadsAreWaiting_acquiresNothing() {
        Connection borrowed = pool.borrow();
        evictions.mark(physical(borrowed));
        pool.pending = 1;

        evictions.evictIdle();

        assertThat(pool.log).isEmpty();
        assertThat(evictions.isActive()).isTrue();
    }

    @Test
    void evictIdle_markedConnectionClosedByTheServer_isForgotten() {
        Connection borrowed = pool.borrow();
        evictions.mark(physical(borrowed));
        pool.giveBack(borrowed);
        pool.terminate(borrowed);

        evictions.evictIdle();

        assertThat(evictions.isActive()).isFalse();
    }

    @Test
    void awaitDecision_decided_returnsImmediately() {
        CountDownLatch decision = new CountDownLatch(1);
        evictions.decideUntil(decision);
        assertThat(evictions.isActive()).isTrue();
        evictions.decided(decision);

        evictions.awaitDecision(Long.MAX_VALUE);

        assertThat(evictions.isActive()).isFalse();
    }

    @Test
    void awaitDecision_interrupted_restoresTheFlag() {
        evictions.decideUntil(new CountDownLatch(1));
        Thread.currentThread().interrupt();

        evictions.awaitDecision(Long.MAX_VALUE);

        assertThat(Thread.interrupted()).isTrue();
    }

    private Connection physical(Connection borrowed) {
        return Objects.requireNonNull(pool.physical(borrowed));
    }
}
