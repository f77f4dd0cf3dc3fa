package dev.wellhead.internal.pool.rotation;

import java.util.concurrent.Future;

/** Runs work later. Work that blocks does not delay other work for long; several pieces may run at the same time. */
public interface MaintenanceTimer {

    /** {@return a handle that can cancel {@code work}} It runs after {@code delayMillis}; 0 means soon. */
    Future<?> schedule(Runnable work, long delayMillis);
}
