package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the server is what the settings ask for. A service that writes needs a primary, whatever it asks for. */
final class RoleCheck {

    private final DatabaseSettings settings;
    private final TargetServerType target;
    private final Connection connection;

    RoleCheck(DatabaseSettings settings, TargetServerType target, Connection connection) {
        this.settings = settings;
        this.target = target;
        this.connection = connection;
    }

    Result result() throws SQLException {
        List<String> row = Sql.row(
                connection,
                "SELECT pg_is_in_recovery(), (SELECT setting FROM pg_settings"
                        + " WHERE name = 'default_transaction_read_only'),"
                        + " extract(epoch FROM now() - pg_last_xact_replay_timestamp())::bigint");
        boolean standby = row.get(0).equals("t");
        boolean readOnly = row.get(1).equals("on");
        String is = standby ? "standby" : readOnly ? "primary, read-only by default" : "primary";
        String lag = standby && !row.get(2).isEmpty() ? ", last change " + row.get(2) + " s ago" : "";
        return judged(is + lag, standby, readOnly).with("role", standby ? "standby" : "primary");
    }

    private Result judged(String text, boolean standby, boolean readOnly) {
        String variable = settings.variable(Settings.TARGET_SERVER_TYPE);
        boolean asked = settings.get(Settings.READ_ONLY);
        boolean fits =
                switch (target) {
                    case PRIMARY -> !standby;
                    case STANDBY -> standby;
                    case READ_WRITE -> !standby && !readOnly;
                    case READ_ONLY -> standby || readOnly;
                    default -> true;
                };
        if (!fits) {
            return Result.failed(
                    Stage.ROLE,
                    "wrong_server_role",
                    text + ", and targetServerType is " + target,
                    "List the server that has the role in " + settings.variable(Settings.HOST) + ", or change "
                            + variable + ".");
        }
        if (standby && target == TargetServerType.ANY && !asked) {
            return Result.warning(
                    Stage.ROLE,
                    text + ", and targetServerType is any: writes fail here (SQLSTATE 25006)",
                    "Set " + variable + " to primary and list the primary, or set "
                            + settings.variable(Settings.READ_ONLY) + " to true.");
        }
        return Result.ok(Stage.ROLE, text + ", as wanted (" + target + ")");
    }
}
