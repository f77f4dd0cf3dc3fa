package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.internal.pool.recovery.ConnectFailures;
import dev.wellhead.internal.text.SafeText;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Explains why no connection was available: with HikariCP's numbers, and the last failure or a remedy. */
final class AcquireTimeout {

    /** SQLSTATE 08001: the client cannot establish a connection. */
    private static final String NO_CONNECTION = "08001";

    /** SQLSTATE 53300: too many connections, here those of the pool that are used. */
    private static final String ALL_USED = "53300";

    /** SQLSTATE 57014: the operation was cancelled. */
    private static final String CANCELLED = "57014";

    private final HikariPoolMXBean pool;
    private final int maximumPoolSize;
    private final String variable;
    private final ConnectFailures failures;
    private final UnresponsiveConnections unresponsive;

    /** @param variable the variable that sets maximumPoolSize */
    AcquireTimeout(
            HikariPoolMXBean pool,
            int maximumPoolSize,
            String variable,
            ConnectFailures failures,
            UnresponsiveConnections unresponsive) {
        this.pool = pool;
        this.maximumPoolSize = maximumPoolSize;
        this.variable = variable;
        this.failures = failures;
        this.unresponsive = unresponsive;
    }

    /** {@return an exception with more information in place of {@code timeout}} */
    SQLTransientConnectionException explain(SQLTransientConnectionException timeout) {
        StringBuilder message = new StringBuilder(String.valueOf(timeout.getMessage())).append('.');
        String silent = unresponsive.describe();
        if (!silent.isEmpty()) {
            message.append(' ').append(silent);
        }
        SQLException last = lastFailure(timeout.getCause());
        String state = NO_CONNECTION;
        if (last != null) {
            message.append(" The last attempt to open a connection failed: ")
                    .append(SafeText.lines(String.valueOf(last.getMessage())));
            state = last.getSQLState() == null ? NO_CONNECTION : last.getSQLState();
        } else if (silent.isEmpty() && pool.getActiveConnections() >= maximumPoolSize) {
            state = ALL_USED;
            message.append(
                            " All connections are used. Return them sooner (leakDetectionThreshold finds those that are not")
                    .append(" returned), or increase ")
                    .append(variable)
                    .append(" (now ")
                    .append(maximumPoolSize)
                    .append(").");
        }
        SQLTransientConnectionException explained = new SQLTransientConnectionException(
                message.toString(), state, timeout.getErrorCode(), last == null ? timeout.getCause() : last);
        if (last != null) {
            explained.setNextException(last);
        }
        explained.setStackTrace(timeout.getStackTrace());
        return explained;
    }

    /** {@return the exception for a thread that was interrupted while it waited; its interrupt flag is set} */
    static SQLException interrupted(String subject, InterruptedException interrupt) {
        return new SQLTransientException(
                subject + ": the thread was interrupted while it waited for a connection.", CANCELLED, interrupt);
    }

    /**
     * {@return why no connection opened} HikariCP's cause is used only if it is about the set-up of a new connection, which
     * HikariCP wraps in an exception of its own. Otherwise it may be about an idle connection that failed its validation.
     */
    private @Nullable SQLException lastFailure(@Nullable Throwable cause) {
        SQLException last = pool.getActiveConnections() < maximumPoolSize ? failures.recent() : failures.last();
        if (last != null) {
            return last;
        }
        return cause != null && !(cause instanceof SQLException) && cause.getCause() instanceof SQLException setUp
                ? setUp
                : null;
    }
}
