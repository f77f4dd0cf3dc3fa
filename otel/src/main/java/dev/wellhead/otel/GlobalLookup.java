package dev.wellhead.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Reads the global {@code OpenTelemetry} without initializing it. */
final class GlobalLookup {

    private static final AtomicBoolean UNSUPPORTED_LOGGED = new AtomicBoolean();

    private GlobalLookup() {}

    /** {@return the global {@code OpenTelemetry}; null as long as none is set} */
    static @Nullable OpenTelemetry find() {
        // GlobalOpenTelemetry.get() would initialize it, and the application could not set its own any more
        OpenTelemetry found = GlobalOpenTelemetry.getOrNoop();
        return found == OpenTelemetry.noop() ? null : found;
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
}
