package dev.wellhead.embedded.internal;

import dev.wellhead.embedded.InitScriptException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates databases on a server. Not thread-safe.
 *
 * @param superuser the superuser of the server
 */
public record DatabaseCreation(SuperuserSql superuser) {

    /** The comment of a database whose scripts have not ended. If the process is killed, the next start creates it again. */
    private static final String UNFINISHED = "The init scripts of this database have not ended.";

    /**
     * Creates a database and runs init scripts in it, unless a database with this name exists. If it exists, the role
     * gets the rights of its owner.
     *
     * @param name the name
     * @param owner the role that owns the database and runs the scripts
     * @param initScripts the locations of the scripts
     * @throws InitScriptException if a script cannot be found or fails; the database is then dropped
     */
    public void create(String name, RoleLogin owner, List<String> initScripts) throws IOException {
        // before anything is created, so that a wrong location has no effect
        List<InitScript> scripts = ScriptLocation.read(initScripts);
        try (Connection connection = superuser.connectBeside(name);
                Statement statement = connection.createStatement()) {
            if (!begin(connection, name, owner.role())) {
                return;
            }
            if (!scripts.isEmpty()) {
                comment(statement, name, "'" + UNFINISHED + "'");
                run(statement, name, owner, scripts);
                comment(statement, name, "null");
            }
        } catch (SQLException e) {
            throw new IOException("cannot create the database '" + name + "': " + e.getMessage(), e);
        }
    }

    /** {@return whether the database is new} */
    private static boolean begin(Connection connection, String name, String owner) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Existing existing = find(connection, name);
            if (existing != null && existing.unfinished()) {
                drop(statement, name);
                existing = find(connection, name);
            }
            if (existing == null) {
                if (find(connection, TemplateContent.SPARE_DATABASE) == null) {
                    statement.execute("create database " + SuperuserSql.quoted(name));
                } else {
                    statement.execute("alter database " + TemplateContent.SPARE_DATABASE + " rename to "
                            + SuperuserSql.quoted(name));
                }
            } else if (!existing.owner().equals(ServerLogins.SUPERUSER)) {
                SuperuserSql.grant(connection, existing.owner(), owner);
                return false;
            }
            // also the database postgres, which initdb creates
            statement.execute(
                    "alter database " + SuperuserSql.quoted(name) + " owner to " + SuperuserSql.quoted(owner));
            return true;
        }
    }

    private void run(Statement statement, String name, RoleLogin owner, List<InitScript> scripts)
            throws SQLException, InitScriptException {
        try {
            for (InitScript script : scripts) {
                // each has a session of its own, as in the container image
                try (Connection session = ServerConnection.open(superuser.port(), name, owner)) {
                    script.run(session);
                }
            }
        } catch (SQLException | InitScriptException e) {
            try {
                drop(statement, name);
            } catch (SQLException too) {
                e.addSuppressed(too);
            }
            throw e;
        }
    }

    private static @Nullable Existing find(Connection connection, String name) throws SQLException {
        String sql = "select pg_get_userbyid(datdba), coalesce(shobj_description(oid, 'pg_database') = ?, false)"
                + " from pg_database where datname = ?::name";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, UNFINISHED);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Existing(row.getString(1), row.getBoolean(2)) : null;
            }
        }
    }

    private static void comment(Statement statement, String name, String text) throws SQLException {
        statement.execute("comment on database " + SuperuserSql.quoted(name) + " is " + text);
    }

    private static void drop(Statement statement, String name) throws SQLException {
        statement.execute("drop database " + SuperuserSql.quoted(name) + " with (force)");
        if (name.equals(SuperuserSql.DATABASE)) {
            // as initdb created it, because the superuser connects to it
            statement.execute("create database " + SuperuserSql.quoted(name));
        }
    }

    private record Existing(String owner, boolean unfinished) {}
}
