package dev.wellhead.internal.connect.driver;

import dev.wellhead.settings.TargetServerType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Checks the role of a server by the rules of libpq's {@code target_session_attrs}. PostgreSQL 14 and later report the
 * necessary parameters when a session starts. Older servers and some poolers do not, so they are queried.
 */
public final class ServerRole {

    /**
     * What a session reports about its server, without a query.
     *
     * @param standby whether the server is in hot standby; null if it does not report it
     * @param readOnly whether transactions are read-only by default, or always because the server is a standby
     */
    public record Reported(@Nullable Boolean standby, boolean readOnly) {}

    private ServerRole() {}

    /**
     * {@return what the server reported last on this connection} A change is reported with the answer to the next
     * statement.
     */
    public static Reported reported(PgConnection connection) {
        String standby = connection.getParameterStatus("in_hot_standby");
        boolean isStandby = "on".equals(standby);
        boolean readOnly = "on".equals(connection.getParameterStatus("default_transaction_read_only"));
        return new Reported(standby == null ? null : (Boolean) isStandby, isStandby || readOnly);
    }

    /** {@return the role the server has instead of {@code wanted}, such as {@code is a standby}; null if it matches} */
    public static @Nullable String mismatch(PgConnection connection, TargetServerType wanted) throws SQLException {
        return switch (wanted) {
            case READ_WRITE -> isReadOnly(connection) ? "is read-only by default" : null;
            case READ_ONLY -> isReadOnly(connection) ? null : "accepts writes by default";
            case PRIMARY -> isStandby(connection) ? "is a standby" : null;
            case STANDBY, PREFER_STANDBY -> isStandby(connection) ? null : "is a primary";
            case ANY -> null;
        };
    }

    private static boolean isStandby(PgConnection connection) throws SQLException {
        String reported = connection.getParameterStatus("in_hot_standby");
        return reported == null
                ? query(connection, "SELECT pg_catalog.pg_is_in_recovery()", "t")
                : reported.equals("on");
    }

    /** {@return whether transactions are read-only unless the application changes that} May query the server. */
    public static boolean isReadOnly(PgConnection connection) throws SQLException {
        String standby = connection.getParameterStatus("in_hot_standby");
        String readOnly = connection.getParameterStatus("default_transaction_read_only");
        if (standby == null || readOnly == null) {
            return query(connection, "SHOW transaction_read_only", "on");
        }
        return standby.equals("on") || readOnly.equals("on");
    }

    private static boolean query(PgConnection connection, String query, String yes) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() && yes.equals(result.getString(1));
        }
    }
}
