package dev.wellhead.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Creates the instruments of one database as soon as an {@code OpenTelemetry} is available. They must not be created before:
 * instruments that are taken from the global {@code OpenTelemetry} before it is set never record anything. Thread-safe.
 */
final class InstrumentBinding {

    private final String database;
    private final Supplier<@Nullable OpenTelemetry> openTelemetry;
    private final Runnable observer;
    private final AtomicBoolean failureLogged = new AtomicBoolean();
    private volatile @Nullable Instruments bound;
    private @Nullable BatchCallback observation;
    private boolean closed;

    /**
     * @param database its name, for messages
     * @param openTelemetry returns null as long as there is none; called often
     * @param observer called when metrics are collected
     */
    InstrumentBinding(String database, Supplier<@Nullable OpenTelemetry> openTelemetry, Runnable observer) {
        this.database = database;
        this.openTelemetry = openTelemetry;
        this.observer = observer;
    }

    /** {@return the instruments; null as long as there is no {@code OpenTelemetry}} */
    @Nullable
    Instruments instruments() {
        Instruments instruments = bound;
        if (instruments != null) {
            return instruments;
        }
        OpenTelemetry found = openTelemetry.get();
        return found == null ? null : bind(found);
    }

    private synchronized @Nullable Instruments bind(OpenTelemetry found) {
        if (bound == null && !closed) {
            Instruments created = new Instruments(found);
            bound = created;
            observation = created.observe(this::observe);
        }
        return bound;
    }

    private void observe() {
        try {
            observer.run();
        } catch (RuntimeException | LinkageError e) {
            if (failureLogged.compareAndSet(false, true)) {
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn(
                                "Database '{}': its metrics could not be collected. Every collection tries again; further"
                                        + " failures are not logged.",
                                database,
                                e);
            }
        }
    }

    /** Ends the observed series. Events can still be recorded if the instruments exist. */
    synchronized void close() {
        closed = true;
        if (observation != null) {
            observation.close();
            observation = null;
        }
    }
}
