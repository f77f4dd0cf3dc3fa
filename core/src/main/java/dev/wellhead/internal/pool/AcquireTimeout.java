package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.internal.text.SafeText;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Explains why no connection was available: with HikariCP's numbers, and the last failure or a remedy. */
final class AcquireTimeout {

    /** SQLSTATE 08001: the client is unable to establish a connection. */
    private static final String NO_CONNECTION = "08001";

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
        if (last != null) {
            message.append(" The last attempt to open a connection failed: ")
                    .append(SafeText.lines(String.valueOf(last.getMessage())));
        } else if (silent.isEmpty() && pool.getActiveConnections() >= maximumPoolSize) {
            message.append(
                            " All connections are used. Return them sooner (leakDetectionThreshold finds those that are not")
                    .append(" returned), or increase ")
                    .append(variable)
                    .append(" (now ")
                    .append(maximumPoolSize)
                    .append(").");
        }
        String state = last == null ? null : last.getSQLState();
        SQLTransientConnectionException explained = new SQLTransientConnectionException(
                message.toString(),
                state == null ? NO_CONNECTION : state,
                timeout.getErrorCode(),
                last == null ? timeout.getCause() : last);
        if (last != null) {
            explained.setNextException(last);
        }
        explained.setStackTrace(timeout.getStackTrace());
        return explained;
    }

    /**
     * {@return why no connection opened} HikariCP's cause is used only if it is about the set-up of a new connection, which
     * HikariCP wraps in an exception of its own. Otherwise it may be about an idle connection that failed its validation.
     */
    private @Nullable SQLException lastFailure(@Nullable Throwable cause) {
        SQLException last = failures.last();
        if (last != null) {
            return last;
        }
        return cause != null && !(cause instanceof SQLException) && cause.getCause() instanceof SQLException setUp
                ? setUp
                : null;
    }
}
