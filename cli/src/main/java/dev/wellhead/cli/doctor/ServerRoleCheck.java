package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.sql.SQLException;
import java.util.List;

/**
 * Checks that the server is a primary or a standby, as targetServerType requires. {@code doctor} connects to a server
 * of any role, so that the other stages can run on the wrong server too.
 */
final class ServerRoleCheck {

    /**
     * One row: whether the server is a standby, whether transactions are read-only by default, and the seconds since
     * the standby replayed its last transaction. The last value grows while the primary writes nothing.
     */
    private static final String QUERY = "SELECT pg_is_in_recovery(), (SELECT setting FROM pg_settings"
            + " WHERE name = 'default_transaction_read_only'),"
            + " extract(epoch FROM now() - pg_last_xact_replay_timestamp())::bigint";

    private ServerRoleCheck() {}

    /**
     * {@return the result of the stage; a server of the wrong role is a failure}
     *
     * @throws SQLException if the query failed
     */
    static StageResult result(CheckedSession session) throws SQLException {
        List<String> row = Queries.row(session.connection(), QUERY);
        boolean standby = row.get(0).equals("t");
        boolean readOnly = row.get(1).equals("on");
        String replayed = row.get(2);
        String text = standby ? "standby" : readOnly ? "primary, read-only by default" : "primary";
        if (standby && !replayed.isEmpty()) {
            text += ", replayed its last transaction " + replayed + " s ago";
        }
        return result(session, text, standby, readOnly).with("role", standby ? "standby" : "primary");
    }

    private static StageResult result(CheckedSession session, String text, boolean standby, boolean readOnly) {
        DatabaseSettings settings = session.settings();
        TargetServerType target = session.target();
        String variable = settings.variable(Settings.TARGET_SERVER_TYPE);
        String host = settings.variable(Settings.HOST);
        if (!matches(target, standby, readOnly)) {
            return DoctorStage.ROLE.failed(
                    "wrong_server_role",
                    text + ", but targetServerType is " + target,
                    "Add a server of that type to " + host + ", or change " + variable + ".");
        }
        if (standby && target == TargetServerType.ANY && !settings.get(Settings.READ_ONLY)) {
            return DoctorStage.ROLE.warning(
                    text + "; writes fail here (SQLSTATE 25006), because targetServerType is any",
                    "Set " + variable + " to primary and add the primary to " + host + ", or set "
                            + settings.variable(Settings.READ_ONLY) + " to true.");
        }
        return DoctorStage.ROLE.ok(text + ", matches targetServerType " + target);
    }

    /** {@return whether the server has the type} A preference, such as prefer-standby, accepts every server. */
    private static boolean matches(TargetServerType target, boolean standby, boolean readOnly) {
        return switch (target) {
            case PRIMARY -> !standby;
            case STANDBY -> standby;
            case READ_WRITE -> !standby && !readOnly;
            case READ_ONLY -> standby || readOnly;
            default -> true;
        };
    }
}
