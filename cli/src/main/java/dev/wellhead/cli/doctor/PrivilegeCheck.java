package dev.wellhead.cli.doctor;

import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the privileges of the role in the database, and that it can use the schemas of the search path. PostgreSQL
 * ignores a schema of the search path that is missing or not usable, so the service would fail later, with a table that
 * "does not exist".
 */
final class PrivilegeCheck {

    /**
     * One row: database, role, whether it can create schemas and temporary tables, whether it is a superuser, and the
     * number of tables that it can see. information_schema shows only tables for which the role has a privilege.
     */
    private static final String PRIVILEGES = "SELECT current_database(), current_user,"
            + " has_database_privilege(current_database(), 'CREATE'),"
            + " has_database_privilege(current_database(), 'TEMPORARY'),"
            + " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            + " (SELECT count(*) FROM information_schema.tables"
            + "  WHERE table_schema NOT IN ('pg_catalog', 'information_schema'))";

    private static final String SCHEMA_USAGE =
            "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = ?";

    private PrivilegeCheck() {}

    /**
     * {@return the result of the stage; a superuser is a warning in strict environments}
     *
     * @throws SQLException if a query failed
     */
    static StageResult result(CheckedSession session) throws SQLException {
        List<String> row = Queries.row(session.connection(), PRIVILEGES);
        String database = row.get(0);
        String user = row.get(1);
        boolean superuser = row.get(4).equals("t");
        String text = "database " + database + ", role " + user
                + can(row.get(2).equals("t"), row.get(3).equals("t")) + "; " + visible(row.get(5));
        StageResult result = schemaFailure(session, text);
        if (result == null && superuser && session.settings().environment().isStrict()) {
            result = DoctorStage.DATABASE.warning(
                    text + "; the role is a superuser",
                    "Create a role for the service (CREATE ROLE ... LOGIN) and GRANT it only what it needs.");
        }
        if (result == null) {
            result = DoctorStage.DATABASE.ok(text);
        }
        return result.with("database", database).with("user", user).with("superuser", superuser);
    }

    private static String visible(String tables) {
        return switch (tables) {
            case "0" -> "no table is visible";
            case "1" -> "1 table is visible";
            default -> tables + " tables are visible";
        };
    }

    private static String can(boolean createSchemas, boolean createTemporaryTables) {
        if (createSchemas) {
            return createTemporaryTables
                    ? " can create schemas and temporary tables"
                    : " can create schemas but no temporary tables";
        }
        return createTemporaryTables
                ? " can create temporary tables but no schemas"
                : " can create no schemas or temporary tables";
    }

    /** {@return the failure of the first schema of the search path that cannot be used, null if all can} */
    private static @Nullable StageResult schemaFailure(CheckedSession session, String text) throws SQLException {
        for (String schema : session.settings().find(Settings.SCHEMA).orElse(List.of())) {
            String variable = session.settings().variable(Settings.SCHEMA);
            Boolean usable = isUsable(session.connection(), schema);
            if (usable == null) {
                return failed(
                        "no_such_schema",
                        text,
                        "there is no schema '" + schema + "'",
                        variable,
                        "Create it, or check " + variable + ".");
            }
            if (!usable) {
                return failed(
                        "schema_not_usable",
                        text,
                        "the role cannot use schema '" + schema + "'",
                        variable,
                        "GRANT USAGE ON SCHEMA to the role, or check " + variable + ".");
            }
        }
        return null;
    }

    private static StageResult failed(String kind, String text, String problem, String variable, String fix) {
        Failure failure = Failure.of(kind, Outcome.GIVE_UP, problem + " (" + variable + ")", fix);
        return DoctorStage.DATABASE.failed(failure, text + "; " + problem, fix);
    }

    /** {@return whether the role can use the schema, null if there is no such schema} */
    private static @Nullable Boolean isUsable(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SCHEMA_USAGE)) {
            statement.setString(1, schema);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getBoolean(1) : null;
            }
        }
    }
}
