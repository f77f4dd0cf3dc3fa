package dev.wellhead.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds the {@code OpenTelemetry} of one database, which may be set only after the database was opened: whoever has
 * something to record asks again until it is there. Instruments taken from the global before it is set would do nothing
 * for ever. Thread-safe.
 */
final class Binding {

    private final String database;
    private final Supplier<OpenTelemetry> source;
    private final Runnable observer;
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable Instruments bound;
    private @Nullable BatchCallback observation;
    private boolean closed;

    /**
     * @param database its name, for messages
     * @param source answers {@link OpenTelemetry#noop()} as long as there is none; asked often
     * @param observer called when metrics are collected
     */
    Binding(String database, Supplier<OpenTelemetry> source, Runnable observer) {
        this.database = database;
        this.source = source;
        this.observer = observer;
    }

    /** {@return the instruments, or null as long as there is nothing to record with} */
    @Nullable
    Instruments instruments() {
        Instruments instruments = bound;
        return instruments == null ? bind() : instruments;
    }

    private @Nullable Instruments bind() {
        OpenTelemetry found = source.get();
        return found == OpenTelemetry.noop() ? null : bind(found);
    }

    private synchronized @Nullable Instruments bind(OpenTelemetry found) {
        if (bound == null && !closed) {
            Instruments instruments = new Instruments(found);
            bound = instruments;
            observation = instruments.observe(this::observe);
        }
        return bound;
    }

    private void observe() {
        try {
            observer.run();
        } catch (RuntimeException | LinkageError e) {
            if (complained.compareAndSet(false, true)) {
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn(
                                "Metrics of database '{}' cannot be observed; it is tried again, and this is not said again.",
                                database,
                                e);
            }
        }
    }

    /** Ends the series that are observed; what is recorded after it is lost where nothing was bound before. */
    synchronized void close() {
        closed = true;
        if (observation != null) {
            observation.close();
            observation = null;
        }
    }
}
