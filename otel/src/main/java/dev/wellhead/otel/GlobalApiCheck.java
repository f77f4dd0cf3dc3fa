package dev.wellhead.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Checks that the global {@code OpenTelemetry} can be read without initializing it. Frameworks that manage versions may put
 * an older opentelemetry-api on the class path. The database must open with that version too, only without metrics.
 */
final class GlobalApiCheck {

    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private GlobalApiCheck() {}

    /** {@return whether the API is recent enough; if not, a warning is logged once for the process} */
    static boolean passes() {
        try {
            GlobalOpenTelemetry.getOrNoop();
            return true;
        } catch (LinkageError missing) {
            if (LOGGED.compareAndSet(false, true)) {
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn(
                                "Databases are not measured: wellhead-otel needs opentelemetry-api 1.57 or newer, and {}",
                                found());
            }
            return false;
        }
    }

    private static String found() {
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
