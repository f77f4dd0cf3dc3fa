package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.internal.resolve.Resolve;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The numbers of a pool in each of its states, and the operations of a rotation on it. */
class HikariViewTest {

    private final OpenConnections open = new OpenConnections(2);
    private final HikariView view = new HikariView(
            Resolve.settings("DB_POOL_NAME=books DB_MAXIMUM_POOL_SIZE=2 DB_MINIMUM_IDLE=1"), false, open);

    @Test
    void numbers_beforeTheStart_areZero() {
        assertThat(view.name()).isEqualTo("books");
        assertThat(view.isReader()).isFalse();
        assertThat(view.isRunning()).isFalse();
        assertThat(view.idle()).isZero();
        assertThat(view.used()).isZero();
        assertThat(view.pending()).isZero();
        assertThat(view.total()).isZero();
    }

    @Test
    void evict_beforeTheStart_doesNothing() {
        view.evict(OfflineConnections.open());

        assertThat(view.total()).isZero();
    }

    @Test
    void numbers_ofAPool_areHikaris() throws SQLException {
        try (HikariDataSource hikari = start()) {
            try (Connection borrowed = hikari.getConnection()) {
                assertThat(borrowed).isNotNull();
                assertThat(view.isRunning()).isTrue();
                assertThat(view.used()).isEqualTo(1);
                assertThat(view.total()).isGreaterThanOrEqualTo(1);
                assertThat(view.maximumPoolSize()).isEqualTo(2);
                assertThat(view.minimumIdle()).isEqualTo(1);
            }
            assertThat(view.used()).isZero();
            assertThat(view.idle()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void numbers_afterClose_areZero() {
        start().close();

        assertThat(view.isRunning()).isFalse();
        assertThat(view.total()).isZero();
    }

    /** To acquire from a suspended pool blocks, and one thread maintains all pools. */
    @Test
    void isRunning_suspendedPool_isFalse() {
        try (HikariDataSource hikari = start()) {
            hikari.getHikariPoolMXBean().suspendPool();
            assertThat(view.isRunning()).isFalse();
            hikari.getHikariPoolMXBean().resumePool();
            assertThat(view.isRunning()).isTrue();
        }
    }

    @Test
    void isWanted_eachState_isHikarisRule() throws SQLException {
        assertThat(view.isWanted()).as("before the start").isFalse();
        try (HikariDataSource hikari = start()) {
            hikari.getConnection().close();
            assertThat(view.isWanted()).as("minimumIdle connections are idle").isFalse();
            assertThat(view.isAwaited()).isFalse();
            try (Connection one = hikari.getConnection();
                    Connection two = hikari.getConnection()) {
                assertThat(one).isNotSameAs(two);
                assertThat(view.isWanted()).as("the pool is full").isFalse();
            }
        }
        assertThat(view.isWanted()).as("after the end").isFalse();
    }

    @Test
    void acquire_idleConnection_isReturnedAgain() throws SQLException {
        try (HikariDataSource hikari = start()) {
            hikari.getConnection().close();

            Connection acquired = view.acquire();
            assertThat(view.isClosed(acquired)).isFalse();
            assertThat(view.used()).isEqualTo(1);
            view.giveBack(acquired);

            assertThat(view.isClosed(acquired)).isTrue();
            assertThat(view.used()).isZero();
        }
    }

    @Test
    void physical_openAndClosedProxy_isTheConnectionOrNull() throws SQLException {
        try (HikariDataSource hikari = start()) {
            Connection borrowed = hikari.getConnection();
            // the test's connections are not Wellhead's, so neither has a generation
            assertThat(view.generationOf(borrowed)).isEqualTo(-1);
            borrowed.close();
            assertThat(view.physical(borrowed)).isNull();
            assertThat(view.generationOf(borrowed)).isEqualTo(-1);
        }
    }

    @Test
    void countOlderThan_openConnections_areThoseOfThePool() {
        open.add(OfflineConnections.open());

        assertThat(view.countOlderThan(1)).isEqualTo(1);
    }

    private HikariDataSource start() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("books");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setAllowPoolSuspension(true);
        config.setDataSource(OfflineConnections.source());
        HikariDataSource hikari = new HikariDataSource(config);
        view.started(hikari, null);
        return hikari;
    }
}
