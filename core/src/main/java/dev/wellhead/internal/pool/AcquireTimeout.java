package dev.wellhead.internal.pool;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a borrower that waited in vain why: HikariCP's numbers, then the last diagnosis or the way out. */
public final class AcquireTimeout {

    private final HikariPoolMXBean pool;
    private final int maximumPoolSize;
    private final String variable;

    /** @param variable the variable that sets maximumPoolSize */
    public AcquireTimeout(HikariPoolMXBean pool, int maximumPoolSize, String variable) {
        this.pool = pool;
        this.maximumPoolSize = maximumPoolSize;
        this.variable = variable;
    }

    public SQLTransientConnectionException explain(SQLTransientConnectionException timeout) {
        SQLException last = lastFailure(timeout.getCause());
        StringBuilder message = new StringBuilder(String.valueOf(timeout.getMessage())).append('.');
        String state = timeout.getSQLState();
        if (last != null) {
            message.append(" The last attempt to open a connection failed: ").append(last.getMessage());
            state = last.getSQLState();
        } else if (pool.getActiveConnections() >= maximumPoolSize) {
            message.append(" Every connection is used: return them sooner (leakDetectionThreshold finds those that are")
                    .append(" kept), or raise ")
                    .append(variable)
                    .append(", which is ")
                    .append(maximumPoolSize)
                    .append('.');
        }
        SQLTransientConnectionException explained = new SQLTransientConnectionException(
                message.toString(), state, timeout.getErrorCode(), last == null ? timeout.getCause() : last);
        if (last != null) {
            explained.setNextException(last);
        }
        explained.setStackTrace(timeout.getStackTrace());
        return explained;
    }

    /** {@return the failure behind a time-out} HikariCP wraps one of the set-up once, in a type of its own. */
    private static @Nullable SQLException lastFailure(@Nullable Throwable cause) {
        if (cause instanceof SQLException direct) {
            return direct;
        }
        return cause != null && cause.getCause() instanceof SQLException setUp ? setUp : null;
    }
}
