package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures databases with OpenTelemetry. On the class path it measures every database that is opened, with the global
 * {@code OpenTelemetry}; that may be set after the database was opened, and is never initialized by this. Given to the
 * builder, it takes the place of the one on the class path:
 *
 * <pre>{@code
 * Databases.builder().listener(DatabaseTelemetry.on(openTelemetry)).open();
 * }</pre>
 *
 * <p>Thread-safe; the {@code OpenTelemetry} stays the caller's. What is emitted: {@code docs/metrics.md}.
 */
public final class DatabaseTelemetry implements DatabaseListenerFactory {

    private final @Nullable OpenTelemetry given;

    /**
     * Measures with the global {@code OpenTelemetry} as soon as one is set. That takes opentelemetry-api 1.57 or newer:
     * with an older one, or none, databases are opened and not measured, and a warning says so once.
     */
    public DatabaseTelemetry() {
        this(null);
    }

    private DatabaseTelemetry(@Nullable OpenTelemetry given) {
        this.given = given;
    }

    /**
     * {@return a factory that measures with {@code openTelemetry}, and never with the global one} Runs on opentelemetry-api
     * 1.49 and newer.
     */
    public static DatabaseTelemetry on(OpenTelemetry openTelemetry) {
        Objects.requireNonNull(openTelemetry, "openTelemetry");
        return new DatabaseTelemetry(openTelemetry);
    }

    @Override
    public DatabaseListener create(DatabaseSettings settings) {
        OpenTelemetry openTelemetry = given;
        if (openTelemetry != null) {
            return measuring(settings, () -> openTelemetry);
        }
        return GlobalApi.isThere() ? measuring(settings, new GlobalSource()) : new Nobody();
    }

    private static DatabaseListener measuring(DatabaseSettings settings, Supplier<OpenTelemetry> source) {
        return new DatabaseMetrics(
                settings, source, JavaAgent::measuresHikariCp, PoolNames.OF_THIS_PROCESS, InstantSource.system());
    }

    /** Where there is nothing to measure with. */
    private static final class Nobody implements DatabaseListener {}
}
