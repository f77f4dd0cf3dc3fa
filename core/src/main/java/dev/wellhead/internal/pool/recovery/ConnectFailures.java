package dev.wellhead.internal.pool.recovery;

import dev.wellhead.internal.pool.rotation.PoolClock;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the failures to open a physical connection since the last one opened. The series is logged with one warning
 * and one line at its end; the last failure is the reason that borrowers get. Thread-safe.
 */
public final class ConnectFailures {

    private final String subject;
    private final long quietNanos;
    private final PoolClock clock;
    private @Nullable SQLException last;
    private boolean failing;
    private long begin;
    private long lastAt;
    private boolean warned;

    /**
     * Creates an empty record.
     *
     * @param subject the beginning of each log line, such as {@code "Database 'ledger'"}
     * @param quiet how long refused logins are retried before a warning is logged
     */
    public ConnectFailures(String subject, Duration quiet, PoolClock clock) {
        this.subject = subject;
        this.quietNanos = quiet.toNanos();
        this.clock = clock;
    }

    /**
     * Records a failure.
     *
     * @param awaitsCredentials whether the login was refused and the source may get other credentials: a part of a normal
     *     rotation, if they arrive before borrowers fail
     */
    public synchronized void failed(SQLException failure, boolean awaitsCredentials) {
        boolean isFirst = !failing;
        failing = true;
        last = failure;
        lastAt = clock.nanoTime();
        if (isFirst) {
            begin = lastAt;
        }
        boolean isExpected = awaitsCredentials && lastAt - begin < quietNanos;
        if (isExpected && isFirst) {
            log().info("{} cannot log in and waits for other credentials: {}", subject, failure.getMessage());
        } else if (!isExpected && !warned) {
            warned = true;
            // HikariCP reports a failure only after a borrower has waited for connectionTimeout
            log().warn("{} cannot open new connections: {}", subject, failure.getMessage());
        }
    }

    /** Called when a connection has opened. */
    public synchronized void ended() {
        if (failing) {
            failing = false;
            warned = false;
            log().info("{} can open new connections again.", subject);
        }
    }

    /** {@return the last failure; null if a connection has opened since} */
    public synchronized @Nullable SQLException last() {
        return failing ? last : null;
    }

    /**
     * {@return the last failure, if it was so recent that a borrower whose time has just passed was waiting then; else null}
     * A connection may have opened since, for another borrower.
     */
    public synchronized @Nullable SQLException recent() {
        return last != null && (failing || clock.nanoTime() - lastAt < quietNanos) ? last : null;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ConnectFailures.class);
    }
}
