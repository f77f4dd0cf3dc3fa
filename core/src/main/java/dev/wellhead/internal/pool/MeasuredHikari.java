package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose measurements go to Wellhead's tracker, and also to one that the application adds. HikariCP has a place for
 * one tracker only. If another one is set, Spring Boot adds none, so the meters {@code hikaricp.*} would be missing.
 */
final class MeasuredHikari extends HikariDataSource {

    private final BorrowTracker tracker;

    private volatile @Nullable MetricsTrackerFactory added;

    /** Starts the pool. Nothing is measured yet. */
    MeasuredHikari(HikariConfig config, BorrowTracker tracker) {
        super(config);
        this.tracker = tracker;
    }

    /** Begins to measure. Called once, after the pool has acquired what it needs for its start. */
    void measure() {
        pool().setMetricsTrackerFactory((name, stats) -> tracker);
    }

    /** {@return the factory that the application has added; null if there is none} */
    @Override
    public @Nullable MetricsTrackerFactory getMetricsTrackerFactory() {
        return added;
    }

    @Override
    public void setMetricsTrackerFactory(MetricsTrackerFactory factory) {
        if (added != null) {
            throw new IllegalStateException("A metrics tracker has been set already.");
        }
        added = factory;
        pool().setMetricsTrackerFactory((name, stats) -> new Both(tracker, factory.create(name, stats)));
    }

    private HikariPool pool() {
        return (HikariPool) getHikariPoolMXBean();
    }

    /** Passes every measurement to both trackers. */
    private record Both(BorrowTracker own, IMetricsTracker other) implements IMetricsTracker {

        @Override
        public void recordConnectionCreatedMillis(long millis) {
            other.recordConnectionCreatedMillis(millis);
        }

        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
            own.recordConnectionAcquiredNanos(nanos);
            other.recordConnectionAcquiredNanos(nanos);
        }

        @Override
        public void recordConnectionUsageMillis(long millis) {
            own.recordConnectionUsageMillis(millis);
            other.recordConnectionUsageMillis(millis);
        }

        @Override
        public void recordConnectionTimeout() {
            own.recordConnectionTimeout();
            other.recordConnectionTimeout();
        }

        @Override
        public void close() {
            own.close();
            other.close();
        }
    }
}
