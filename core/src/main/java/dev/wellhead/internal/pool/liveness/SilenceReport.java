package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.liveness.ServerProbe.Elsewhere;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost;
import dev.wellhead.spi.DatabaseListener.ConnectionsLost.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs that connections of one pool get no answer any more, and notifies its listener. Thread-safe. */
public final class SilenceReport {

    /** Receives each idle connection that did not answer, for the messages of borrow time-outs. */
    public interface Unanswered {

        /**
         * A connection did not answer.
         *
         * @param within how long the answer was awaited
         */
        void add(HostAndPort server, Duration within);
    }

    /** Connections that are dropped together are logged together, so one line per this time is enough. */
    private static final long SAME_EPISODE_NANOS = Duration.ofSeconds(10).toNanos();

    private final String subject;
    private final String pool;
    private final DatabaseListener listener;
    private final Unanswered unanswered;
    private boolean logged;
    private long loggedAt;
    private Duration awaited = Duration.ZERO;

    /**
     * @param subject the beginning of each log line, such as {@code "Database 'ledger'"}
     * @param pool the name of the pool
     */
    public SilenceReport(String subject, String pool, DatabaseListener listener, Unanswered unanswered) {
        this.subject = subject;
        this.pool = pool;
        this.listener = listener;
        this.unanswered = unanswered;
    }

    /** An idle connection did not answer a validation. */
    void validationUnanswered(ServerAddress address, Duration within) {
        if (isNewEpisode(within)) {
            log().warn(
                            "{}: an idle connection to {} did not respond within {} ms. Idle connections to it that have"
                                    + " received nothing since then are replaced.",
                            subject,
                            address.server(),
                            within.toMillis());
        }
        unanswered.add(address.server(), within);
        notify(address, 1, Reason.VALIDATION_UNANSWERED);
    }

    private synchronized boolean isNewEpisode(Duration within) {
        long now = System.nanoTime();
        boolean isNew = !logged || now - loggedAt >= SAME_EPISODE_NANOS;
        logged = true;
        loggedAt = now;
        awaited = within;
        return isNew;
    }

    /** An idle connection was dropped because another one did not answer. */
    void dropped(ServerAddress address) {
        Duration within;
        synchronized (this) {
            within = awaited;
        }
        log().debug("{}: dropped an idle connection to {} that has received nothing.", subject, address.server());
        unanswered.add(address.server(), within);
        notify(address, 1, Reason.VALIDATION_UNANSWERED);
    }

    /** The first of several attempts to connect was not answered. */
    void unanswered(ServerAddress address) {
        log().info(
                        "{}: statements wait for {}, which does not answer a new connection either. Checking again.",
                        subject,
                        address.server());
    }

    /**
     * Connections are ended.
     *
     * @param silence how long the first of them was silent, in nanoseconds
     * @return the reason, for the callers
     */
    String ended(ServerAddress address, int connections, Verdict verdict, long silence, @Nullable Elsewhere elsewhere) {
        String reason = reason(address, verdict, Duration.ofNanos(silence).toSeconds(), elsewhere);
        log().warn(
                        "{}: closing {}. {}",
                        subject,
                        connections == 1 ? "1 connection" : connections + " connections",
                        reason);
        notify(
                address,
                connections,
                switch (verdict) {
                    case UNRESPONSIVE -> Reason.SERVER_UNRESPONSIVE;
                    case REPLACED, MOVED -> Reason.SERVER_REPLACED;
                    default -> Reason.STATEMENT_LOST;
                });
        return reason;
    }

    private static String reason(ServerAddress address, Verdict verdict, long seconds, @Nullable Elsewhere elsewhere) {
        String silent = "Nothing was received from " + address.server() + " for "
                + (seconds == 0 ? "less than 1 s" : seconds + " s");
        return switch (verdict) {
            case REPLACED -> silent + ", and the server was restarted, or another one answers at its address.";
            case MOVED ->
                silent + ". " + address.address().getHostAddress() + " does not respond, and new connections"
                        + " lead to "
                        + (elsewhere == null
                                ? "another address"
                                : elsewhere.address().address().getHostAddress())
                        + ".";
            case UNRESPONSIVE -> silent + ", and the server does not respond to attempts to connect.";
            default -> silent + ", and the server is not executing the statement: it was lost, or its result was.";
        };
    }

    private void notify(ServerAddress address, int connections, Reason reason) {
        try {
            listener.connectionsLost(
                    new Lost(pool, address.server().host(), address.server().port(), connections, reason));
        } catch (RuntimeException broken) {
            log().debug("{}: a listener failed.", subject, broken);
        }
    }

    private record Lost(String pool, String host, int port, int connections, Reason reason)
            implements ConnectionsLost {}

    private static Logger log() {
        return LoggerFactory.getLogger(SilenceReport.class);
    }
}
