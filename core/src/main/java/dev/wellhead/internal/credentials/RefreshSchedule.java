package dev.wellhead.internal.credentials;

import java.time.Duration;

/**
 * How often a {@link Refresher} may fetch from one kind of source. A delay runs from the end of one fetch to the
 * earliest start of the next.
 *
 * @param afterChange after a fetch that found new credentials
 * @param afterNoChange after a fetch that found nothing new
 * @param afterFailure after a fetch that failed
 * @param waitsForChange whether callers wait for new credentials until their budget is used up; otherwise they get the
 *     known credentials as soon as a fetch has found nothing new
 */
public record RefreshSchedule(Delay afterChange, Delay afterNoChange, Delay afterFailure, boolean waitsForChange) {

    /** A delay that can depend on how often the same outcome was repeated. */
    @FunctionalInterface
    public interface Delay {

        /**
         * {@return the delay}
         *
         * @param repeated how many consecutive fetches had the same outcome before this one
         */
        Duration after(int repeated);
    }

    /** The number of failed fetches after which a remote source is called less often: about a minute. */
    private static final int SHORT_OUTAGE = 100;

    private static final Delay IN_SHORT_OUTAGE = doubling(Duration.ofMillis(250), Duration.ofMillis(500));

    private static final Duration IN_LONG_OUTAGE = Duration.ofSeconds(4);

    /**
     * {@return the delay after a fetch from a remote source that failed} It stays below a second for about a minute,
     * because logins that the server refuses wait for the end of the outage.
     */
    public static Delay remoteFailure() {
        return repeated -> repeated < SHORT_OUTAGE ? IN_SHORT_OUTAGE.after(repeated) : IN_LONG_OUTAGE;
    }

    /** Limits the exponent; every delay in use reaches its longest value before. */
    private static final int LARGEST_EXPONENT = 20;

    /** {@return a delay that starts at {@code first} and doubles up to {@code longest}} */
    public static Delay doubling(Duration first, Duration longest) {
        return repeated -> {
            Duration doubled = first.multipliedBy(1L << Math.min(repeated, LARGEST_EXPONENT));
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        };
    }
}
