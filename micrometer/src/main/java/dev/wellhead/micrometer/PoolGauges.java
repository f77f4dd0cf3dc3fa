package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.AttributeNames;
import dev.wellhead.internal.metrics.MetricDefinition;
import dev.wellhead.internal.metrics.OpenConnectionCounts;
import dev.wellhead.internal.metrics.PoolTelemetry;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.PoolStats;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of one pool. Micrometer reads each gauge with a function of its own, so a gauge is registered as soon as its tags are
 * known, and is kept for registries that are added later. Not thread-safe.
 */
final class PoolGauges {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final MeterTags tags;
    private final Map<MetricDefinition, Map<Tags, PoolGauge>> all = new EnumMap<>(MetricDefinition.class);

    PoolGauges(MeterTags tags) {
        this.tags = tags;
    }

    /** Adds the gauges whose tags are known now. */
    void find(PoolTelemetry pool) {
        PoolStats stats = pool.stats();
        if (stats != null) {
            if (pool.measuresPool()) {
                findPool(stats);
            }
            add(
                    MetricDefinition.POOLS,
                    tags.pool().and(AttributeNames.SETTINGS_FINGERPRINT, pool.fingerprint()),
                    () -> 1);
            findConnections(pool.connections());
            if (pool.reportsRefreshes()) {
                add(MetricDefinition.REFRESH_AGE, tags.credentials(), () -> seconds(pool.refreshAge()));
            }
        }
    }

    private void findPool(PoolStats stats) {
        Tags idle = tags.pool().and(AttributeNames.CONNECTION_STATE, "idle");
        Tags used = tags.pool().and(AttributeNames.CONNECTION_STATE, "used");
        add(MetricDefinition.CONNECTION_COUNT, idle, stats::idle);
        add(MetricDefinition.CONNECTION_COUNT, used, stats::used);
        add(MetricDefinition.CONNECTION_LIMIT, tags.pool(), stats::maximumPoolSize);
        add(MetricDefinition.CONNECTION_IDLE_MIN, tags.pool(), stats::minimumIdle);
        // HikariCP has no limit of its own for idle connections
        add(MetricDefinition.CONNECTION_IDLE_MAX, tags.pool(), stats::maximumPoolSize);
        add(MetricDefinition.PENDING_REQUESTS, tags.pool(), stats::pending);
    }

    private void findConnections(OpenConnectionCounts connections) {
        Tags current = tags.pool().and(AttributeNames.CREDENTIALS_GENERATION, "current");
        Tags previous = tags.pool().and(AttributeNames.CREDENTIALS_GENERATION, "previous");
        add(MetricDefinition.GENERATION_CONNECTIONS, current, connections::current);
        add(MetricDefinition.GENERATION_CONNECTIONS, previous, connections::previous);
        add(MetricDefinition.CREDENTIALS_AGE, tags.pool(), () -> seconds(connections.credentialsAge()));
        for (String version : connections.byTlsVersion().keySet()) {
            Tags tls = tags.pool().and(AttributeNames.TLS_VERSION, version);
            add(MetricDefinition.TLS_CONNECTIONS, tls, () -> connections
                    .byTlsVersion()
                    .get(version));
        }
        for (HostAndPort server : connections.certificateValidity().keySet()) {
            add(
                    MetricDefinition.CERTIFICATE_EXPIRY,
                    tags.server(server),
                    () -> days(connections.certificateValidity().get(server)));
        }
    }

    private void add(MetricDefinition metric, Tags series, Supplier<@Nullable Number> value) {
        all.computeIfAbsent(metric, first -> new HashMap<>())
                .computeIfAbsent(series, first -> new PoolGauge(metric, first, value));
    }

    /** Registers every gauge that the registry does not have yet. */
    void register(PoolMeters meters) {
        all.values().forEach(gauges -> gauges.values().forEach(meters::register));
    }

    private static @Nullable Number seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static @Nullable Number days(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds() / SECONDS_PER_DAY;
    }
}
