package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import org.jspecify.annotations.Nullable;

/** One read or write that has been in progress for some time. For one thread at a time. */
final class Silence {

    private final MonitoredConnection connection;
    private final long calls;
    private final long since;
    private boolean checkedEarly;
    private boolean confirming;

    /** @param since when it was first observed, on the scale of the pool's clock */
    Silence(MonitoredConnection connection, long calls, long since) {
        this.connection = connection;
        this.calls = calls;
        this.since = since;
    }

    /** {@return whether a read or write was in progress when {@code calls} was read} */
    static boolean isInProgress(long calls) {
        return (calls & 1) == 1;
    }

    /** {@return {@code known} if the same call is still in progress, otherwise a new record; null if none is} */
    static @Nullable Silence observe(@Nullable Silence known, MonitoredConnection connection, long now) {
        long calls = connection.calls();
        if (!isInProgress(calls)) {
            return null;
        }
        return known != null && known.calls == calls ? known : new Silence(connection, calls, now);
    }

    MonitoredConnection connection() {
        return connection;
    }

    /** {@return whether the same call is still in progress} */
    boolean lasts() {
        return connection.calls() == calls;
    }

    long nanosAt(long now) {
        return now - since;
    }

    boolean wasCheckedEarly() {
        return checkedEarly;
    }

    void checkedEarly() {
        checkedEarly = true;
    }

    /** {@return whether the last check found that the session is lost} */
    boolean isConfirming() {
        return confirming;
    }

    void confirm(boolean lost) {
        confirming = lost;
    }
}
