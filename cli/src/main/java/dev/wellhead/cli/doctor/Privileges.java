package dev.wellhead.cli.doctor;

import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the role may do in the database, and whether the schemas of the search path are there for it. */
final class Privileges {

    private static final String QUERY = "SELECT current_database(), current_user,"
            + " has_database_privilege(current_database(), 'CREATE'),"
            + " has_database_privilege(current_database(), 'TEMPORARY'),"
            + " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            + " (SELECT count(*) FROM information_schema.tables"
            + "  WHERE table_schema NOT IN ('pg_catalog', 'information_schema'))";

    private final DatabaseSettings settings;
    private final Connection connection;

    Privileges(DatabaseSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    Result result() throws SQLException {
        List<String> row = Sql.row(connection, QUERY);
        List<String> may = new ArrayList<>(List.of("connect"));
        if (row.get(2).equals("t")) {
            may.add("create schemas");
        }
        if (row.get(3).equals("t")) {
            may.add("create temporary tables");
        }
        boolean superuser = row.get(4).equals("t");
        String text = row.get(0) + ", " + row.get(1) + " may " + String.join(", ", may) + "; sees " + row.get(5)
                + (row.get(5).equals("1") ? " table" : " tables");
        Result schemas = schemas(text);
        if (schemas != null) {
            return schemas;
        }
        if (superuser && settings.environment().isStrict()) {
            return Result.warning(
                    Stage.DATABASE,
                    text + "; it is a superuser",
                    "Give the service a role of its own: CREATE ROLE ... LOGIN, GRANT what it needs.");
        }
        return Result.ok(Stage.DATABASE, text)
                .with("database", row.get(0))
                .with("user", row.get(1))
                .with("superuser", superuser);
    }

    private @Nullable Result schemas(String text) throws SQLException {
        for (String schema : settings.find(Settings.SCHEMA).orElse(List.of())) {
            String state = state(schema);
            if (state.equals("missing")) {
                return Result.failed(
                        Stage.DATABASE,
                        "no_such_schema",
                        text + "; there is no schema '" + schema + "'",
                        "Create it, or check " + settings.variable(Settings.SCHEMA) + ".");
            }
            if (state.equals("closed")) {
                return Result.failed(
                        Stage.DATABASE,
                        "schema_not_usable",
                        text + "; it may not use schema '" + schema + "'",
                        "GRANT USAGE ON SCHEMA to the role, or check " + settings.variable(Settings.SCHEMA) + ".");
            }
        }
        return null;
    }

    private String state(String schema) throws SQLException {
        String query = "SELECT CASE WHEN has_schema_privilege(oid, 'USAGE') THEN 'usable' ELSE 'closed' END"
                + " FROM pg_namespace WHERE nspname = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? String.valueOf(result.getString(1)) : "missing";
            }
        }
    }
}
