package dev.wellhead.otel;

import dev.wellhead.internal.metrics.MeasuredDatabase;
import dev.wellhead.internal.metrics.MetricsLibrary;
import dev.wellhead.internal.metrics.PoolNames;
import dev.wellhead.internal.metrics.PoolRecorder;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.PoolMetrics;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Reports one database to OpenTelemetry. Thread-safe. */
final class DatabaseInstruments implements MetricsLibrary {

    private static final String LOGGER = DatabaseTelemetry.class.getName();

    private final DatabaseSettings settings;

    /** Whether the pool is not measured here because the Java agent measures it. */
    private final boolean agentMeasures;

    private final InstrumentBinding binding;
    private final Map<String, InstrumentRecorder> recorders = new ConcurrentHashMap<>();

    private DatabaseInstruments(
            DatabaseSettings settings, Supplier<@Nullable OpenTelemetry> openTelemetry, boolean agentMeasures) {
        this.settings = settings;
        this.agentMeasures = agentMeasures;
        this.binding = new InstrumentBinding(openTelemetry, this::observe);
    }

    /**
     * @param openTelemetry returns null as long as there is none
     * @param agentMeasuresHikariCp called if the setting poolMetrics is {@code auto}
     */
    static DatabaseListener listener(
            DatabaseSettings settings,
            Supplier<@Nullable OpenTelemetry> openTelemetry,
            BooleanSupplier agentMeasuresHikariCp,
            PoolNames names,
            InstantSource clock) {
        PoolMetrics mode = ServerAttributes.poolMetrics(settings);
        boolean agentMeasures = mode == PoolMetrics.AUTO && agentMeasuresHikariCp.getAsBoolean();
        boolean measuresPool = mode == PoolMetrics.ON || (mode == PoolMetrics.AUTO && !agentMeasures);
        MetricsLibrary library = new DatabaseInstruments(settings, openTelemetry, agentMeasures);
        return new MeasuredDatabase(settings, measuresPool, library, names, clock, LOGGER);
    }

    @Override
    public @Nullable PoolRecorder recorder(String poolName, DatabaseSettings known) {
        Instruments instruments = binding.instruments();
        if (instruments == null) {
            return null;
        }
        InstrumentRecorder created = new InstrumentRecorder(instruments, new PoolAttributes(poolName, known));
        InstrumentRecorder existing = recorders.putIfAbsent(poolName, created);
        return existing == null ? created : existing;
    }

    @Override
    public void poolOpening(PoolStats pool, MeasuredDatabase database) {
        if (pool.isReader()) {
            // it opens later and is bound together with the other one
            return;
        }
        if (binding.instruments() == null) {
            BindingPoller.OF_THIS_PROCESS.repeat(database::bind);
        }
        if (agentMeasures) {
            LoggerFactory.getLogger(LOGGER)
                    .info(
                            "Database '{}': the OpenTelemetry Java agent measures the pool, so wellhead-otel does not. The agent"
                                    + " uses the names db.client.connection.* if OTEL_SEMCONV_STABILITY_OPT_IN=database. Set"
                                    + " {}=on to get them from wellhead-otel as well.",
                            settings.name(),
                            settings.variable(Settings.POOL_METRICS));
        }
    }

    /** Called by the SDK for each collection of the metrics. */
    private void observe() {
        recorders.values().forEach(InstrumentRecorder::observe);
    }

    @Override
    public void close() {
        binding.close();
    }
}
