package dev.wellhead.internal.credentials;

import dev.wellhead.credentials.RefreshListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a look at a source went, for whoever wants to know. */
public final class RefreshReport {

    private RefreshReport() {}

    /** @param begin of the look, by {@code System.nanoTime} */
    public static void tell(@Nullable RefreshListener listener, long begin, boolean answered, boolean changed) {
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
