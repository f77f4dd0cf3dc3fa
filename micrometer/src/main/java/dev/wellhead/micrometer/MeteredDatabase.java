package dev.wellhead.micrometer;

import dev.wellhead.internal.metrics.MeasuredDatabase;
import dev.wellhead.internal.metrics.MetricsLibrary;
import dev.wellhead.internal.metrics.PoolNames;
import dev.wellhead.internal.metrics.PoolRecorder;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.PoolMetrics;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reports one database to the registries of a factory. Thread-safe. */
final class MeteredDatabase implements MetricsLibrary {

    private final BoundRegistries registries;
    private final MeasuredDatabase database;
    private final Map<String, MeterRecorder> recorders = new ConcurrentHashMap<>();

    private MeteredDatabase(
            DatabaseSettings settings, BoundRegistries registries, PoolNames names, InstantSource clock) {
        this.registries = registries;
        this.database = new MeasuredDatabase(
                settings,
                ServerAttributes.poolMetrics(settings) != PoolMetrics.OFF,
                this,
                names,
                clock,
                DatabaseMeters.class.getName());
    }

    static DatabaseListener listener(
            DatabaseSettings settings, BoundRegistries registries, PoolNames names, InstantSource clock) {
        MeteredDatabase metered = new MeteredDatabase(settings, registries, names, clock);
        registries.opened(metered);
        return metered.database;
    }

    @Override
    public @Nullable PoolRecorder recorder(String poolName, DatabaseSettings known) {
        return registries.all().isEmpty()
                ? null
                : recorders.computeIfAbsent(
                        poolName, name -> new MeterRecorder(new MeterTags(name, known), registries.all()));
    }

    @Override
    public void poolOpening(PoolStats pool, MeasuredDatabase opening) {
        recorders.values().forEach(MeterRecorder::observe);
    }

    /** A registry was added. */
    void bound(MeterRegistry registry) {
        recorders.values().forEach(recorder -> recorder.report(registry));
        // the pools that had no registry so far
        database.bind();
    }

    @Override
    public void close() {
        registries.closed(this);
        recorders.values().forEach(MeterRecorder::close);
    }
}
