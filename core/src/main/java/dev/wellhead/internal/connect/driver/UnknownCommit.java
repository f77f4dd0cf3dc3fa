package dev.wellhead.internal.connect.driver;

import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.HostAndPort;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Gives a COMMIT whose answer was lost its own SQLSTATE, 08007 (transaction resolution unknown). pgjdbc reports it as
 * 08006, like a statement that was lost and rolled back, or with the state of the server's last message.
 */
final class UnknownCommit {

    private UnknownCommit() {}

    /**
     * {@return the exception for a COMMIT that failed}
     *
     * @param closed whether the connection is closed after the failure. If it is not, the server has answered the
     *     COMMIT
     */
    static SQLException explain(SQLException failure, boolean closed, HostAndPort server) {
        if (!closed || PSQLState.CONNECTION_DOES_NOT_EXIST.getState().equals(failure.getSQLState())) {
            // the server refused the COMMIT, or the COMMIT was not sent because the connection was closed before
            return failure;
        }
        return new PSQLException(
                "The connection to " + server + " was lost during COMMIT. It is unknown whether the transaction was"
                        + " committed. The driver reports: " + SafeText.of(String.valueOf(failure.getMessage())),
                PSQLState.CONNECTION_FAILURE_DURING_TRANSACTION,
                failure);
    }
}
