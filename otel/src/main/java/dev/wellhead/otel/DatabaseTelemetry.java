package dev.wellhead.otel;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListenerFactory;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;

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

    private final Supplier<OpenTelemetry> source;

    /** Measures with the global {@code OpenTelemetry} as soon as one is set. */
    public DatabaseTelemetry() {
        this(GlobalOpenTelemetry::getOrNoop);
    }

    private DatabaseTelemetry(Supplier<OpenTelemetry> source) {
        this.source = source;
    }

    /** {@return a factory that measures with {@code openTelemetry}, and never with the global one} */
    public static DatabaseTelemetry on(OpenTelemetry openTelemetry) {
        Objects.requireNonNull(openTelemetry, "openTelemetry");
        return new DatabaseTelemetry(() -> openTelemetry);
    }

    @Override
    public DatabaseListener create(DatabaseSettings settings, DataSource pool) {
        return new DatabaseMetrics(
                settings, source, JavaAgent::isAttached, PoolNames.OF_THIS_PROCESS, InstantSource.system());
    }
}
