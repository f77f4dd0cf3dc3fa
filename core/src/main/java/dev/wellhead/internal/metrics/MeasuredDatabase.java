package dev.wellhead.internal.metrics;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.BorrowListener;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Measures one database: its pool, its reader's pool and its credentials. Thread-safe. */
public final class MeasuredDatabase implements DatabaseListener {

    private final DatabaseSettings settings;
    private final boolean measuresPool;
    private final MetricsLibrary library;
    private final PoolNames names;
    private final InstantSource clock;
    private final String logger;

    /** By the name that the events contain, which is not always unique in the process. */
    private final Map<String, PoolTelemetry> pools = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * @param measuresPool whether {@code db.client.connection.*} are reported
     * @param names those of the pools that {@code library} knows
     * @param logger the name of the logger for warnings
     */
    public MeasuredDatabase(
            DatabaseSettings settings,
            boolean measuresPool,
            MetricsLibrary library,
            PoolNames names,
            InstantSource clock,
            String logger) {
        this.settings = settings;
        this.measuresPool = measuresPool;
        this.library = library;
        this.names = names;
        this.clock = clock;
        this.logger = logger;
    }

    @Override
    public @Nullable BorrowListener poolOpening(PoolStats stats) {
        PoolTelemetry pool = pool(stats.name());
        if (pool == null) {
            return null;
        }
        BorrowListener borrows = pool.opening(stats);
        library.poolOpening(stats, this);
        return borrows;
    }

    /**
     * Begins to report the pools that are not reported yet, if that is possible now.
     *
     * @return whether there is nothing left to wait for: every pool is reported, or the database was closed
     */
    public boolean bind() {
        boolean complete = true;
        for (PoolTelemetry pool : pools.values()) {
            complete &= closed || pool.bind() != null;
        }
        return complete;
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
        library.close();
        // last, so that another database cannot use a name while its observed series still exist
        pools.values().forEach(pool -> names.release(pool.uniqueName()));
    }

    /** The pool that reports refreshes: both pools share the credentials, and their events have no pool. */
    private String mainPool() {
        return ServerAttributes.poolName(settings);
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
        if (!unique.equals(name) && !ServerAttributes.isDatabase(settings)) {
            LoggerFactory.getLogger(logger)
                    .warn(
                            "Another open client of this process has the name '{}'. In metrics this one is '{}'. Share one"
                                    + " client.",
                            name,
                            unique);
        } else if (!unique.equals(name)) {
            LoggerFactory.getLogger(logger)
                    .warn(
                            "Database '{}': another open pool of this process has the name '{}'. In metrics this pool is"
                                    + " '{}'. Share one Database, or give this one its own poolName ({}).",
                            settings.name(),
                            name,
                            unique,
                            settings.variable(Settings.POOL_NAME));
        }
        boolean reportsRefreshes =
                name.equals(mainPool()) && CredentialsSourceKind.isRefreshed(settings.credentialsSource());
        return new PoolTelemetry(unique, settings, library, clock, measuresPool, reportsRefreshes);
    }
}
