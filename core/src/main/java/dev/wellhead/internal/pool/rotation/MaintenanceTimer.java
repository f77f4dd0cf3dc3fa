package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;

/** Runs work later, one piece at a time. */
public interface MaintenanceTimer {

    /** {@return a handle that can cancel {@code work}} It runs after {@code delayMillis}; 0 means soon. */
    Future<?> schedule(Runnable work, long delayMillis);
}
