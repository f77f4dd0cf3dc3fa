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
 * Returns the global {@code OpenTelemetry}, or null as long as none is set; it never initializes it. If there is none after a
 * minute, this is logged once for the process. Thread-safe.
 */
final class GlobalLookup implements Supplier<@Nullable OpenTelemetry> {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final AtomicBoolean MISSING_LOGGED = new AtomicBoolean();
    private static final AtomicBoolean UNSUPPORTED_LOGGED = new AtomicBoolean();

    private final LongSupplier nanoTime;
    private final AtomicBoolean logged;
    private final long start;

    GlobalLookup() {
        this(System::nanoTime, MISSING_LOGGED);
    }

    /** @param logged whether the missing global was logged already */
    GlobalLookup(LongSupplier nanoTime, AtomicBoolean logged) {
        this.nanoTime = nanoTime;
        this.logged = logged;
        this.start = nanoTime.getAsLong();
    }

    /**
     * {@return whether the API has {@code getOrNoop}; if not, a warning is logged once for the process} Frameworks that manage
     * versions may put an older opentelemetry-api on the class path. The database must open with that version too.
     */
    static boolean isSupported() {
        try {
            GlobalOpenTelemetry.getOrNoop();
            return true;
        } catch (LinkageError missing) {
            if (UNSUPPORTED_LOGGED.compareAndSet(false, true)) {
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn(
                                "Databases are not measured: wellhead-otel needs opentelemetry-api 1.57 or newer, and {}",
                                foundVersion());
            }
            return false;
        }
    }

    private static String foundVersion() {
        try {
            String version = OpenTelemetry.class.getPackage().getImplementationVersion();
            return "the class path has " + (version == null ? "another version" : version)
                    + ". Raise its version (Spring Boot: opentelemetry.version), or pass an OpenTelemetry to"
                    + " DatabaseTelemetry.on, which works with 1.49 or newer.";
        } catch (LinkageError missing) {
            return "the class path has none. Add io.opentelemetry:opentelemetry-api, or remove wellhead-otel.";
        }
    }

    @Override
    public @Nullable OpenTelemetry get() {
        // GlobalOpenTelemetry.get() would initialize it, and the application could not set its own any more
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
