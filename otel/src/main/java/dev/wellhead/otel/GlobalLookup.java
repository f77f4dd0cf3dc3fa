package dev.wellhead.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Returns the global {@code OpenTelemetry}, or null as long as none is set. After a minute without one, it logs once for the
 * process how to set it. Thread-safe.
 */
final class GlobalLookup implements Supplier<@Nullable OpenTelemetry> {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicBoolean LOGGED_IN_THIS_PROCESS = new AtomicBoolean();

    private final LongSupplier nanoTime;
    private final AtomicBoolean logged;
    private final long start;

    GlobalLookup() {
        this(System::nanoTime, LOGGED_IN_THIS_PROCESS);
    }

    /** @param logged whether the message was logged already */
    GlobalLookup(LongSupplier nanoTime, AtomicBoolean logged) {
        this.nanoTime = nanoTime;
        this.logged = logged;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public @Nullable OpenTelemetry get() {
        // get() would initialize it, and the application could not set its own any more
        OpenTelemetry found = GlobalOpenTelemetry.getOrNoop();
        if (found != OpenTelemetry.noop()) {
            return found;
        }
        if (nanoTime.getAsLong() - start > PATIENCE_NANOS && logged.compareAndSet(false, true)) {
            LoggerFactory.getLogger(DatabaseTelemetry.class)
                    .info(
                            "Databases are not measured so far: no global OpenTelemetry is set. Register the SDK as the global"
                                    + " one, or pass it to DatabaseTelemetry.on.");
        }
        return null;
    }
}
