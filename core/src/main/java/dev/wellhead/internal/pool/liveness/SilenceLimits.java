package dev.wellhead.internal.pool.liveness;

import java.time.Duration;

/**
 * How long a connection may be silent before the server is asked.
 *
 * @param checkAfterNanos the setting silenceCheckAfter
 * @param earlyNanos a fifth of it: after this time one fresh connection shows whether the server has moved
 */
record SilenceLimits(long checkAfterNanos, long earlyNanos) {

    private static final int EARLY_PART = 5;

    static SilenceLimits of(Duration silenceCheckAfter) {
        long nanos = silenceCheckAfter.toNanos();
        return new SilenceLimits(nanos, nanos / EARLY_PART);
    }
}
