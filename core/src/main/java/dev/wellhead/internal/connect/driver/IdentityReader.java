package dev.wellhead.internal.connect.driver;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Reads the identity of the servers of one pool. A query that the server refuses is not sent again. Behind a pooler, no
 * query is sent after the first answer. Thread-safe.
 */
public final class IdentityReader {

    private static final String[] QUERIES = {
        "SELECT pg_catalog.pg_backend_pid(), EXTRACT(epoch FROM pg_catalog.pg_postmaster_start_time()),"
                + " pg_catalog.pg_is_in_recovery(),"
                + " (SELECT system_identifier FROM pg_catalog.pg_control_system())",
        "SELECT pg_catalog.pg_backend_pid(), EXTRACT(epoch FROM pg_catalog.pg_postmaster_start_time()),"
                + " pg_catalog.pg_is_in_recovery(), ''"
    };

    /** The index of the first query that is still of use. */
    private volatile int permitted;

    /**
     * {@return the identity of the server that answers on {@code connection}; null if it has none} A pooler has none:
     * the process that answers is not the process that the session began with.
     */
    public @Nullable ServerIdentity read(PgConnection connection) throws SQLException {
        for (int i = permitted; i < QUERIES.length; i++) {
            // this does not begin a transaction, whatever the auto-commit mode is
            try (ResultSet row = connection.execSQLQuery(QUERIES[i])) {
                if (row.next() && row.getInt(1) == connection.getBackendPID()) {
                    return new ServerIdentity(
                            String.valueOf(row.getString(4)), String.valueOf(row.getString(2)), !row.getBoolean(3));
                }
                permitted = QUERIES.length;
                return null;
            } catch (SQLException refused) {
                if (connection.isClosed()) {
                    throw refused;
                }
                permitted = i + 1;
            }
        }
        return null;
    }
}
