package dev.wellhead.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.wellhead.internal.pool.recovery.OfflineConnections;
import dev.wellhead.spi.BorrowListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredHikariTest {

    private final List<String> own = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    @Test
    void setMetricsTrackerFactory_afterTheStart_addsATracker() throws SQLException {
        try (HikariDataSource pool = start()) {
            pool.getConnection().close();
            // the condition under which Spring Boot sets its factory
            assertThat(pool.getMetricsTrackerFactory()).isNull();
            assertThat(pool.getMetricRegistry()).isNull();

            pool.setMetricsTrackerFactory((name, stats) -> new IMetricsTracker() {
                @Override
                public void recordConnectionAcquiredNanos(long nanos) {
                    added.add("acquired from " + name + ", maximum " + stats.getMaxConnections());
                }

                @Override
                public void recordConnectionUsageMillis(long millis) {
                    added.add("returned");
                }
            });
            pool.getConnection().close();

            assertThat(own).containsExactly("acquired", "returned", "acquired", "returned");
            assertThat(added).containsExactly("acquired from measured, maximum 2", "returned");
        }
    }

    @Test
    void setMetricsTrackerFactory_twice_isRefusedAsByHikari() {
        try (HikariDataSource pool = start()) {
            pool.setMetricsTrackerFactory((name, stats) -> new IMetricsTracker() {});

            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.setMetricsTrackerFactory((name, stats) -> new IMetricsTracker() {}));
        }
    }

    private HikariDataSource start() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(OfflineConnections.source());
        config.setPoolName("measured");
        config.setMaximumPoolSize(2);
        MeasuredHikari pool = new MeasuredHikari(config, new BorrowTracker(new BorrowListener() {
            @Override
            public void acquired(long nanos) {
                own.add("acquired");
            }

            @Override
            public void returned(long millis) {
                own.add("returned");
            }

            @Override
            public void timedOut() {
                own.add("timed out");
            }
        }));
        pool.measure();
        return pool;
    }
}
