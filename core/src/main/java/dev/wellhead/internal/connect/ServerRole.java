package dev.wellhead.internal.connect;

import dev.wellhead.settings.TargetServerType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Whether a server has the role that is asked for, by the rules of libpq's target_session_attrs. PostgreSQL 14 and
 * later report what is needed while the session starts; older servers, and poolers that report nothing, are asked.
 */
public final class ServerRole {

    private ServerRole() {}

    /** What the server is instead, a clause such as {@code is a standby}; {@code null} where its role will do. */
    public static @Nullable String mismatch(PgConnection connection, TargetServerType wanted) throws SQLException {
        return switch (wanted) {
            case READ_WRITE -> isReadOnly(connection) ? "takes no writes by default" : null;
            case READ_ONLY -> isReadOnly(connection) ? null : "takes writes by default";
            case PRIMARY -> isStandby(connection) ? "is a standby" : null;
            case STANDBY, PREFER_STANDBY -> isStandby(connection) ? null : "is a primary";
            case ANY -> null;
        };
    }

    private static boolean isStandby(PgConnection connection) throws SQLException {
        String reported = connection.getParameterStatus("in_hot_standby");
        return reported == null ? ask(connection, "SELECT pg_catalog.pg_is_in_recovery()", "t") : reported.equals("on");
    }

    private static boolean isReadOnly(PgConnection connection) throws SQLException {
        String standby = connection.getParameterStatus("in_hot_standby");
        String readOnly = connection.getParameterStatus("default_transaction_read_only");
        if (standby == null || readOnly == null) {
            return ask(connection, "SHOW transaction_read_only", "on");
        }
        return standby.equals("on") || readOnly.equals("on");
    }

    private static boolean ask(PgConnection connection, String query, String yes) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            return answer.next() && yes.equals(answer.getString(1));
        }
    }
}
