package dev.wellhead.internal.pool;

import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Logs the first failure of a series to open connections, and the end of the series. HikariCP reports a failure only after a
 * borrower has waited for connectionTimeout.
 *
 * <p>While credentials are rotated, the server can have the new ones before their source has them. The first refused login
 * is therefore logged at INFO, and there is a warning only if logins are still refused after {@link #LONGEST_ROTATION}.
 * Thread-safe.
 */
final class OutageLog {

    /** Most rotations end within seconds. After this time, a person has to change something. */
    static final Duration LONGEST_ROTATION = Duration.ofSeconds(30);

    private enum State {
        NONE,
        REFUSED,
        WARNED
    }

    private final String subject;
    private final boolean rotates;
    private final PoolClock clock;
    private State state = State.NONE;
    private long since;

    /**
     * @param subject the beginning of each log line, such as {@code "Database 'ledger'"}
     * @param rotates whether the credentials can change
     */
    OutageLog(String subject, boolean rotates, PoolClock clock) {
        this.subject = subject;
        this.rotates = rotates;
        this.clock = clock;
    }

    /** Called for each failed attempt to open a connection. */
    synchronized void failed(SQLException failure) {
        long now = clock.nanoTime();
        if (state == State.NONE) {
            since = now;
        }
        boolean isNormal = rotates && isRefusal(failure) && now - since < LONGEST_ROTATION.toNanos();
        if (!isNormal && state != State.WARNED) {
            state = State.WARNED;
            LoggerFactory.getLogger(OutageLog.class)
                    .warn("{} cannot open new connections: {}", subject, failure.getMessage());
        } else if (isNormal && state == State.NONE) {
            state = State.REFUSED;
            LoggerFactory.getLogger(OutageLog.class)
                    .info(
                            "{}: the server refused a login, and the source of the credentials has no others yet. This is"
                                    + " normal while they are rotated. {}",
                            subject,
                            failure.getMessage());
        }
    }

    /** Called for each connection that opened. */
    synchronized void opened() {
        if (state != State.NONE) {
            state = State.NONE;
            LoggerFactory.getLogger(OutageLog.class).info("{} can open new connections again.", subject);
        }
    }

    private static boolean isRefusal(SQLException failure) {
        return failure instanceof ConnectionFailedException failed && failed.kind() == FailureKind.CREDENTIALS_REFUSED;
    }
}
