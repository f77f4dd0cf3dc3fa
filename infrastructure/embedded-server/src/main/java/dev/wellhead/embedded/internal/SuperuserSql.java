package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Runs SQL on a server of this module as its superuser.
 *
 * @param port the port of the server
 * @param login the superuser
 */
public record SuperuserSql(int port, RoleLogin login) {

    /** The database that initdb creates for administration. */
    static final String DATABASE = "postgres";

    /** The template of new databases, which initdb creates as well. */
    private static final String TEMPLATE = "template1";

    /**
     * Creates a role that can log in and may create databases and roles, unless it exists, and sets its password.
     *
     * @param member a role whose rights it gets, null for none
     */
    public void createRole(RoleLogin created, @Nullable String member) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, created.role())) {
                statement.execute("create role " + quoted(created.role()) + " login createdb createrole");
            }
            if (member != null) {
                grant(connection, member, created.role());
            }
            setPassword(connection, created);
        } catch (SQLException e) {
            throw new IOException("cannot create the user '" + created.role() + "': " + e.getMessage(), e);
        }
    }

    /** Sets passwords. The driver sends only the SCRAM verifiers, so that no log of the server contains a password. */
    public void setPasswords(RoleLogin... logins) throws IOException {
        try (Connection connection = connect()) {
            for (RoleLogin changed : logins) {
                setPassword(connection, changed);
            }
        } catch (SQLException e) {
            throw new IOException("cannot set the passwords of the server: " + e.getMessage(), e);
        }
    }

    /** {@return the version that the server reports, for example {@code "16.15"}} */
    public String serverVersion() throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IOException("cannot read the version of the server: " + e.getMessage(), e);
        }
    }

    /** {@return whether the server accepts the login} */
    boolean accepts() throws IOException {
        try {
            connect().close();
            return true;
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw new IOException("cannot log in to the server: " + e.getMessage(), e);
        }
    }

    /** Runs statements in the database {@code postgres}. */
    void execute(List<String> statements) throws IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IOException("the initial data cannot be prepared: " + e.getMessage(), e);
        }
    }

    Connection connect() throws SQLException {
        return ServerConnection.open(port, DATABASE, login);
    }

    /** {@return a connection to another database than this one, which can then be dropped} */
    Connection connectBeside(String name) throws SQLException {
        return ServerConnection.open(port, name.equals(DATABASE) ? TEMPLATE : DATABASE, login);
    }

    /** Gives a role the rights of another one, unless one of them has those of the other already. */
    static void grant(Connection connection, String owner, String role) throws SQLException {
        String sql = "select pg_has_role(?, ?, 'member') or pg_has_role(?, ?, 'member')";
        try (PreparedStatement query = connection.prepareStatement(sql);
                Statement statement = connection.createStatement()) {
            query.setString(1, role);
            query.setString(2, owner);
            query.setString(3, owner);
            query.setString(4, role);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    statement.execute("grant " + quoted(owner) + " to " + quoted(role));
                }
            }
        }
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select from pg_roles where rolname = ?::name")) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void setPassword(Connection connection, RoleLogin changed) throws SQLException {
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(changed.role(), changed.password().toCharArray(), "scram-sha-256");
    }
}
