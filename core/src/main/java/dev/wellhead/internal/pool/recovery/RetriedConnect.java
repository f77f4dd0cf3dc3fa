package dev.wellhead.internal.pool.recovery;

import dev.wellhead.spi.ConnectionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Retries a failed connect for HikariCP, while the pool needs a connection. HikariCP itself would wait longer after each
 * failure, up to 5 s. Used for one series of failures, on one thread.
 */
public final class RetriedConnect {

    /** While no thread waits for a connection, there are this many pauses before the next attempt. */
    static final int PAUSES_IF_NOT_AWAITED = 4;

    private final FirstConnection.Attempt attempt;
    private final RetryRule rule;
    private final Handover handover;
    private final Demand demand;
    private final ConnectFailures failures;

    public RetriedConnect(
            FirstConnection.Attempt attempt,
            RetryRule rule,
            Handover handover,
            Demand demand,
            ConnectFailures failures) {
        this.attempt = attempt;
        this.rule = rule;
        this.handover = handover;
        this.demand = demand;
        this.failures = failures;
    }

    /**
     * {@return a new connection, or one that another thread has opened in the meantime}
     *
     * @param first the failure of the first attempt
     * @throws SQLException the last failure, if the pool is closed or needs no connection any more
     */
    public Connection after(ConnectionFailedException first) throws SQLException {
        ConnectionFailedException failure = first;
        while (true) {
            Connection handedOver = pauseAfter(failure);
            if (handedOver != null) {
                return handedOver;
            }
            try {
                return attempt.open(rule.nextBudget(failure));
            } catch (ConnectionFailedException next) {
                failure = next;
            }
        }
    }

    /**
     * {@return a connection that another thread has opened; null if it is time for the next attempt}
     *
     * @throws ConnectionFailedException {@code failure}, if there must be no other attempt
     */
    private @Nullable Connection pauseAfter(ConnectionFailedException failure) throws ConnectionFailedException {
        if (handover.isClosed()) {
            throw failure;
        }
        boolean isRetried = demand.isWanted();
        failures.failed(failure, isRetried && rule.awaitsCredentials(failure));
        if (!isRetried) {
            throw failure;
        }
        try {
            for (int i = 0; i < PAUSES_IF_NOT_AWAITED; i++) {
                Connection handedOver = handover.await(jittered(rule.pauseMillis(failure)));
                if (handedOver != null && !ReadyConnection.isClosed(handedOver)) {
                    return handedOver;
                }
                if (handover.isClosed()) {
                    throw failure;
                }
                if (demand.isAwaited()) {
                    return null;
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** {@return between four and six fifths of {@code millis}, so that the instances of a service spread out} */
    private static long jittered(long millis) {
        long fifth = millis / 5;
        return millis - fifth + ThreadLocalRandom.current().nextLong(2 * fifth + 1);
    }
}
