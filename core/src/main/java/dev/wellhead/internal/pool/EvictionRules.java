package dev.wellhead.internal.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/**
 * Decides which errors evict a connection, in addition to HikariCP's own rules (class 08, 57P01, 57P02, 57P03, 0A000).
 *
 * <p>Source: PostgreSQL documentation, appendix "PostgreSQL Error Codes".
 */
final class EvictionRules implements SQLExceptionOverride {

    private final boolean readWrite;

    /** @param readWrite whether the pool is used for writing */
    EvictionRules(boolean readWrite) {
        this.readWrite = readWrite;
    }

    @java.lang.Override
    public Override adjudicate(SQLException exception) {
        if (exception instanceof SQLFeatureNotSupportedException) {
            // The driver lacks the method (0A000). HikariCP would evict a healthy connection.
            return Override.DO_NOT_EVICT;
        }
        String state = exception.getSQLState();
        return state != null && ends(state) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** {@return whether this SQLSTATE means that the connection cannot be used again} */
    private boolean ends(String state) {
        return switch (state) {
            // read_only_sql_transaction: this server is no longer the primary, and a new connection finds the new one.
            // If the application itself made the transaction read-only, the write costs a reconnect.
            case "25006" -> readWrite;
            // The server has closed the session: idle_session_timeout, database_dropped,
            // idle_in_transaction_session_timeout, transaction_timeout.
            case "57P05", "57P04", "25P03", "25P04" -> true;
            default -> false;
        };
    }
}
