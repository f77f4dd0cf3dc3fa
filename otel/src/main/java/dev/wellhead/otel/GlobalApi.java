package dev.wellhead.otel;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Whether the global {@code OpenTelemetry} can be asked for without being initialized. Frameworks that manage versions pull
 * an older opentelemetry-api than this module asks for onto the class path; that must keep no service from its database.
 */
final class GlobalApi {

    private static final AtomicBoolean SAID = new AtomicBoolean();

    private GlobalApi() {}

    static boolean isThere() {
        try {
            GlobalOpenTelemetry.getOrNoop();
            return true;
        } catch (LinkageError missing) {
            if (SAID.compareAndSet(false, true)) {
                LoggerFactory.getLogger(DatabaseTelemetry.class)
                        .warn(
                                "Databases are not measured: wellhead-otel needs opentelemetry-api 1.57 or newer, and {}",
                                what());
            }
            return false;
        }
    }

    private static String what() {
        try {
            String version = OpenTelemetry.class.getPackage().getImplementationVersion();
            return "the class path has " + (version == null ? "another" : version)
                    + ". Raise its version (Spring Boot: opentelemetry.version), or give an OpenTelemetry to"
                    + " DatabaseTelemetry.on, which takes 1.49 or newer.";
        } catch (LinkageError missing) {
            return "the class path has none. Add io.opentelemetry:opentelemetry-api, or take wellhead-otel away.";
        }
    }
}
