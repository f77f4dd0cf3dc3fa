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

/** Measures one database: its pool, its reader's pool, its credentials. Thread-safe. */
final class DatabaseMetrics implements DatabaseListener {

    private final DatabaseSettings settings;
    private final PoolNames names;
    private final InstantSource clock;
    private final boolean measuresPool;
    private final boolean agentMeasures;
    private final Binding binding;
    private final Map<String, PoolMeter> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param agentMeasuresHikariCp asked where the settings leave the decision to it */
    DatabaseMetrics(
            DatabaseSettings settings,
            Supplier<OpenTelemetry> source,
            BooleanSupplier agentMeasuresHikariCp,
            PoolNames names,
            InstantSource clock) {
        this.settings = settings;
        this.names = names;
        this.clock = clock;
        PoolMetrics wanted = settings.get(Settings.POOL_METRICS);
        this.agentMeasures = wanted == PoolMetrics.AUTO && agentMeasuresHikariCp.getAsBoolean();
        this.measuresPool = wanted == PoolMetrics.ON || (wanted == PoolMetrics.AUTO && !agentMeasures);
        this.binding = new Binding(settings.name(), source, this::observe);
    }

    @Override
    public @Nullable BorrowListener poolOpening(PoolStats figures) {
        PoolMeter pool = pool(figures.name());
        if (pool == null) {
            return null;
        }
        BorrowListener borrows = pool.opening(figures);
        if (agentMeasures && !figures.isReader()) {
            log().info(
                            "Database '{}': the OpenTelemetry Java agent measures the pool, so that is left to it. It does so"
                                    + " under the names db.client.connection.* where"
                                    + " OTEL_SEMCONV_STABILITY_OPT_IN=database. Or set {}=on to have them from here.",
                            settings.name(),
                            settings.variable(Settings.POOL_METRICS));
        }
        return borrows;
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        with(event.pool(), pool -> pool.opened(event));
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        with(event.pool(), pool -> pool.failed(event));
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        with(event.pool(), pool -> pool.closed(event));
    }

    @Override
    public void credentialsRefreshed(CredentialsRefreshed event) {
        with(mainPool(), pool -> pool.refreshed(event));
    }

    @Override
    public void rotationProven(RotationProven event) {
        with(event.pool(), pool -> pool.proven());
    }

    @Override
    public void rotationCompleted(RotationCompleted event) {
        with(event.pool(), pool -> pool.completed(event));
    }

    @Override
    public void databaseClosed() {
        synchronized (this) {
            closed = true;
        }
        for (PoolMeter pool : pools.values()) {
            pool.close();
        }
        binding.close();
        for (PoolMeter pool : pools.values()) {
            names.release(pool.uniqueName());
        }
    }

    private void observe() {
        Instruments instruments = binding.instruments();
        if (instruments != null) {
            for (PoolMeter pool : pools.values()) {
                pool.observe(instruments);
            }
        }
    }

    private String mainPool() {
        return settings.find(Settings.POOL_NAME).orElse(settings.name());
    }

    private void with(String name, Consumer<PoolMeter> event) {
        PoolMeter pool = pool(name);
        if (pool != null) {
            event.accept(pool);
        }
    }

    /** {@return the meter of a pool; null once the database is closed: nobody would give its name back} */
    private @Nullable PoolMeter pool(String name) {
        if (closed) {
            return null;
        }
        PoolMeter known = pools.get(name);
        return known == null ? opened(name) : known;
    }

    private synchronized @Nullable PoolMeter opened(String name) {
        return closed ? null : pools.computeIfAbsent(name, this::meter);
    }

    private PoolMeter meter(String name) {
        String unique = names.claim(name);
        if (!unique.equals(name)) {
            log().warn(
                            "Database '{}': another open pool of this process is called '{}'; in metrics this one is '{}'."
                                    + " Share one Database, or give this one a poolName of its own ({}).",
                            settings.name(),
                            name,
                            unique,
                            settings.variable(Settings.POOL_NAME));
        }
        boolean refreshes = name.equals(mainPool()) && SourceName.isRefreshed(settings.credentialsSource());
        LateRecorder recorder = new LateRecorder(unique, settings, binding, measuresPool, refreshes);
        return new PoolMeter(unique, recorder, clock, measuresPool, refreshes);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(DatabaseTelemetry.class);
    }
}
