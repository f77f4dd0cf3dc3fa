package dev.wellhead.credentials;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a look at a source went, for whoever wants to know. */
final class RefreshReport {

    private RefreshReport() {}

    /** @param begin of the look, by {@code System.nanoTime} */
    static void tell(@Nullable RefreshListener listener, long begin, boolean answered, boolean changed) {
        if (listener == null) {
            return;
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - begin);
        if (answered) {
            listener.refreshed(duration, changed);
        } else {
            listener.refreshFailed(duration);
        }
    }
}
