package dev.wellhead.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The global {@code OpenTelemetry}; says once that there is none, when one would have been set long since. Thread-safe. */
final class GlobalSource implements Supplier<OpenTelemetry> {

    private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicBoolean SAID_IN_THIS_PROCESS = new AtomicBoolean();

    private final LongSupplier nanoTime;
    private final AtomicBoolean said;
    private final long since;

    GlobalSource() {
        this(System::nanoTime, SAID_IN_THIS_PROCESS);
    }

    /** @param said whether it was said already */
    GlobalSource(LongSupplier nanoTime, AtomicBoolean said) {
        this.nanoTime = nanoTime;
        this.said = said;
        this.since = nanoTime.getAsLong();
    }

    @Override
    public OpenTelemetry get() {
        OpenTelemetry found = GlobalOpenTelemetry.getOrNoop();
        if (found == OpenTelemetry.noop() && !said.get() && nanoTime.getAsLong() - since > LONG_NANOS) {
            say();
        }
        return found;
    }

    private void say() {
        if (said.compareAndSet(false, true)) {
            LoggerFactory.getLogger(DatabaseTelemetry.class)
                    .info(
                            "Databases are not measured so far: no global OpenTelemetry is set. Register the SDK as the global"
                                    + " one, or give it to DatabaseTelemetry.on.");
        }
    }
}
