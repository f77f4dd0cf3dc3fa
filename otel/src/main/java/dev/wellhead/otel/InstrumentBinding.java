package dev.wellhead.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates the instruments of one database as soon as an {@code OpenTelemetry} is available. They must not be created before:
 * instruments that are taken from the global {@code OpenTelemetry} before it is set never record anything. Thread-safe.
 */
final class InstrumentBinding {

    private final Supplier<@Nullable OpenTelemetry> openTelemetry;
    private final Runnable observer;
    private volatile @Nullable Instruments bound;

    /** The registration of the observer, from the creation of the instruments to {@link #close}. */
    private @Nullable BatchCallback observation;

    private boolean closed;

    /**
     * @param openTelemetry returns null as long as there is none; called often
     * @param observer called when metrics are collected; the SDK logs what it throws
     */
    InstrumentBinding(Supplier<@Nullable OpenTelemetry> openTelemetry, Runnable observer) {
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

    /** After {@link #close} nothing is created any more: the series of a closed database would never end. */
    private synchronized @Nullable Instruments bind(OpenTelemetry found) {
        if (bound == null && !closed) {
            Instruments created = new Instruments(found);
            bound = created;
            observation = created.onCollection(observer);
        }
        return bound;
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
