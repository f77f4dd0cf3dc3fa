package dev.wellhead.otel;

import dev.wellhead.internal.metrics.PoolNames;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures databases with OpenTelemetry: their pools, connections, credentials and rotations.
 *
 * <p>If this module is on the class path, every database that is opened is measured with the global {@code OpenTelemetry}.
 * It may be set after the database was opened; this class never sets or initializes it. To use another {@code OpenTelemetry},
 * pass it to the builder; the factory on the class path is then not used for this database:
 *
 * <pre>{@code
 * Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open();
 * }</pre>
 *
 * <p>Thread-safe. The caller closes the {@code OpenTelemetry}. {@code docs/metrics.md} lists the metrics.
 */
public final class DatabaseTelemetry implements DatabaseListenerFactory {

    private static final PoolNames NAMES = new PoolNames();

    private final @Nullable OpenTelemetry explicit;

    /**
     * Creates a factory that uses the global {@code OpenTelemetry} as soon as one is set. It needs opentelemetry-api 1.57 or
     * newer. With an older version, or without the API, databases open without metrics and one warning is logged.
     */
    public DatabaseTelemetry() {
        this(null);
    }

    private DatabaseTelemetry(@Nullable OpenTelemetry explicit) {
        this.explicit = explicit;
    }

    /**
     * {@return a factory that uses {@code openTelemetry} and never the global one} It works with opentelemetry-api 1.49 or
     * newer.
     */
    public static DatabaseTelemetry on(OpenTelemetry openTelemetry) {
        Objects.requireNonNull(openTelemetry, "openTelemetry");
        return new DatabaseTelemetry(openTelemetry);
    }

    /** Called by Wellhead when a database is opened. */
    @Override
    public DatabaseListener create(DatabaseSettings settings) {
        OpenTelemetry openTelemetry = explicit;
        if (openTelemetry != null) {
            return metrics(settings, () -> openTelemetry);
        }
        return GlobalLookup.isSupported() ? metrics(settings, GlobalLookup::find) : new NoMetrics();
    }

    private static DatabaseListener metrics(DatabaseSettings settings, Supplier<@Nullable OpenTelemetry> source) {
        return DatabaseInstruments.listener(
                settings, source, JavaAgent::measuresHikariCp, NAMES, InstantSource.system());
    }

    /** Ignores every event. */
    private static final class NoMetrics implements DatabaseListener {}
}
