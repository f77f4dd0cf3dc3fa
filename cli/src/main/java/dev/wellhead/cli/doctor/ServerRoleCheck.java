package dev.wellhead.cli.doctor;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.ReaderFallback;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Checks that the server is a primary or a standby, as targetServerType requires. {@code doctor} connects to a server
 * of any role, so that the other stages can run on the wrong server too.
 */
final class ServerRoleCheck {

    /** One row: whether the server is a standby, and whether transactions are read-only by default. */
    private static final String QUERY = "SELECT pg_is_in_recovery(), (SELECT setting FROM pg_settings"
            + " WHERE name = 'default_transaction_read_only')";

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
        if (!standby) {
            String text = readOnly ? "primary, read-only by default" : "primary";
            return result(session, text, false, readOnly).with("role", "primary");
        }
        Duration lag = Inspection.replicationLag(session.connection());
        String text = lag == null
                ? "standby, unknown lag (it has replayed no transaction since it started)"
                : "standby, " + lag.toMillis() + " ms behind";
        StageResult result = result(session, text, true, readOnly).with("role", "standby");
        return lag == null ? result : result.with("lagMilliseconds", lag.toMillis());
    }

    /**
     * {@return the result for a server of a reader, whose sessions are read-only by default}
     *
     * @param database the settings of the database
     * @throws SQLException if the query failed
     */
    static StageResult ofReader(CheckedSession session, DatabaseSettings database) throws SQLException {
        StageResult result = result(session);
        Object lag = result.details().get("lagMilliseconds");
        Duration limit = database.find(Settings.READER_MAX_LAG).orElse(null);
        boolean standby = "standby".equals(result.details().get("role"));
        if (standby && limit != null && (!(lag instanceof Long millis) || millis > limit.toMillis())) {
            return DoctorStage.ROLE
                    .failed(
                            "wrong_server_role",
                            (lag == null ? "standby, unknown lag" : "standby, " + lag + " ms behind")
                                    + ", but readerMaxLag is " + limit.toMillis() + " ms",
                            "Check the replication, or raise " + database.variable(Settings.READER_MAX_LAG) + ".")
                    .with(result.details());
        }
        boolean usesPrimary = database.get(Settings.READER_FALLBACK) == ReaderFallback.PRIMARY;
        if (!standby && usesPrimary) {
            return DoctorStage.ROLE
                    .warning(
                            "primary; the reader uses it only while no standby is available",
                            "List standbys in " + database.variable(Settings.READER_HOST) + ".")
                    .with(result.details());
        }
        return result;
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
