package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.PoolMetrics;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures one database: its pool, its reader's pool and its credentials. Thread-safe. */
final class DatabaseMetrics implements DatabaseListener {

    private final DatabaseSettings settings;
    private final PoolNames names;
    private final InstantSource clock;
    private final boolean measuresPool;

    /** Whether the pool is not measured here because the Java agent measures it. */
    private final boolean agentMeasures;

    private final InstrumentBinding binding;

    /** By the name that the events contain, which is not always unique in the process. */
    private final Map<String, PoolTelemetry> pools = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * @param openTelemetry returns null as long as there is none
     * @param agentMeasuresHikariCp called if the setting poolMetrics is {@code auto}
     */
    DatabaseMetrics(
            DatabaseSettings settings,
            Supplier<@Nullable OpenTelemetry> openTelemetry,
            BooleanSupplier agentMeasuresHikariCp,
            PoolNames names,
            InstantSource clock) {
        this.settings = settings;
        this.names = names;
        this.clock = clock;
        PoolMetrics mode = settings.get(Settings.POOL_METRICS);
        this.agentMeasures = mode == PoolMetrics.AUTO && agentMeasuresHikariCp.getAsBoolean();
        this.measuresPool = mode == PoolMetrics.ON || (mode == PoolMetrics.AUTO && !agentMeasures);
        this.binding = new InstrumentBinding(openTelemetry, this::observe);
    }

    @Override
    public @Nullable BorrowListener poolOpening(PoolStats stats) {
        PoolTelemetry pool = pool(stats.name());
        if (pool == null) {
            return null;
        }
        BorrowListener borrows = pool.opening(stats);
        // the reader's pool opens later and is bound together with this one
        if (!stats.isReader() && binding.instruments() == null) {
            BindingPoller.OF_THIS_PROCESS.repeat(this::bindOrClosed);
        }
        if (agentMeasures && !stats.isReader()) {
            log().info(
                            "Database '{}': the OpenTelemetry Java agent measures the pool, so wellhead-otel does not. The agent"
                                    + " uses the names db.client.connection.* if OTEL_SEMCONV_STABILITY_OPT_IN=database. Set"
                                    + " {}=on to get them from wellhead-otel as well.",
                            settings.name(),
                            settings.variable(Settings.POOL_METRICS));
        }
        return borrows;
    }

    /** {@return whether there is nothing left to wait for} */
    private boolean bindOrClosed() {
        if (closed) {
            return true;
        }
        if (binding.instruments() == null) {
            return false;
        }
        pools.values().forEach(PoolTelemetry::bind);
        return true;
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        with(event.pool(), pool -> pool.opened(event));
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        with(event.pool(), pool -> pool.record(recorder -> recorder.failed(event)));
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        with(event.pool(), pool -> pool.closed(event));
    }

    @Override
    public void connectionsLost(ConnectionsLost event) {
        with(event.pool(), pool -> pool.record(recorder -> recorder.lost(event)));
    }

    @Override
    public void credentialsRefreshed(CredentialsRefreshed event) {
        with(mainPool(), pool -> pool.refreshed(event));
    }

    @Override
    public void rotationProven(RotationProven event) {
        with(event.pool(), pool -> pool.record(PoolRecorder::rotationProven));
    }

    @Override
    public void rotationCompleted(RotationCompleted event) {
        with(event.pool(), pool -> pool.record(recorder -> recorder.rotationCompleted(event.duration())));
    }

    @Override
    public void databaseClosed() {
        // a pool is added either before this or not at all, so the loops below see all of them
        synchronized (this) {
            closed = true;
        }
        pools.values().forEach(PoolTelemetry::close);
        binding.close();
        // last, so that another database cannot use a name while its observed series still exist
        pools.values().forEach(pool -> names.release(pool.uniqueName()));
    }

    /** Called by the SDK for each collection of the metrics. */
    private void observe() {
        pools.values().forEach(PoolTelemetry::observe);
    }

    /** The pool that reports refreshes: both pools share the credentials, and their events have no pool. */
    private String mainPool() {
        return settings.find(Settings.POOL_NAME).orElse(settings.name());
    }

    /** Passes an event to the telemetry of its pool. Events after the end of the database are dropped. */
    private void with(String name, Consumer<PoolTelemetry> event) {
        PoolTelemetry pool = pool(name);
        if (pool != null) {
            event.accept(pool);
        }
    }

    /** {@return the telemetry of a pool; null once the database is closed, because its name would never be released} */
    private synchronized @Nullable PoolTelemetry pool(String name) {
        return closed ? null : pools.computeIfAbsent(name, this::create);
    }

    /** Claims a unique name, because two pools with the same attributes would overwrite each other's series. */
    private PoolTelemetry create(String name) {
        String unique = names.claim(name);
        if (!unique.equals(name)) {
            log().warn(
                            "Database '{}': another open pool of this process has the name '{}'. In metrics this pool is"
                                    + " '{}'. Share one Database, or give this one its own poolName ({}).",
                            settings.name(),
                            name,
                            unique,
                            settings.variable(Settings.POOL_NAME));
        }
        boolean reportsRefreshes =
                name.equals(mainPool()) && CredentialsSourceKind.isRefreshed(settings.credentialsSource());
        return new PoolTelemetry(unique, settings, binding, clock, measuresPool, reportsRefreshes);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(DatabaseTelemetry.class);
    }
}
