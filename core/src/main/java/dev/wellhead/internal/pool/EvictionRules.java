package dev.wellhead.internal.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.wellhead.internal.pool.roles.WriteRefusals;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which errors evict a connection, in addition to HikariCP's own rules (class 08, 57P01, 57P02, 57P03, 0A000).
 *
 * <p>Source: PostgreSQL documentation, appendix "PostgreSQL Error Codes".
 */
final class EvictionRules implements SQLExceptionOverride {

    /** SQLSTATE 25006: read_only_sql_transaction. */
    private static final String READ_ONLY = "25006";

    private final @Nullable WriteRefusals refusals;

    /** @param refusals is notified of writes that fail because a transaction is read-only; null for a pool that only reads */
    EvictionRules(@Nullable WriteRefusals refusals) {
        this.refusals = refusals;
    }

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
        if (exception instanceof SQLFeatureNotSupportedException) {
            // The driver lacks the method (0A000). HikariCP would evict a healthy connection.
            return Override.DO_NOT_EVICT;
        }
        String state = exception.getSQLState();
        if (refusals != null && READ_ONLY.equals(state)) {
            // the connection is evicted later, if a new one would accept writes
            refusals.refused();
            return Override.CONTINUE_EVICT;
        }
        return state != null && ends(state) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** {@return whether this SQLSTATE means that the connection cannot be used again} */
    private static boolean ends(String state) {
        return switch (state) {
            // The server has closed the session: idle_session_timeout, database_dropped,
            // idle_in_transaction_session_timeout, transaction_timeout.
            case "57P05", "57P04", "25P03", "25P04" -> true;
            default -> false;
        };
    }
}
