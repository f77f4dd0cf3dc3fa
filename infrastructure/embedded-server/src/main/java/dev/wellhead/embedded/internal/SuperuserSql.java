package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Runs SQL on a server of this module as its superuser.
 *
 * @param port the port of the server
 * @param login the superuser
 */
public record SuperuserSql(int port, RoleLogin login) {

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int LOGIN_SECONDS = 30;

    /**
     * Creates an empty database that belongs to a role, unless a database with this name exists.
     *
     * @return whether it was created
     */
    public boolean createDatabaseIfMissing(String name, String owner) throws IOException {
        try (Connection connection = connect("postgres")) {
            return createDatabaseIfMissing(connection, name, owner);
        } catch (SQLException e) {
            throw new IOException("cannot create the database '" + name + "': " + e.getMessage(), e);
        }
    }

    /** Drops a database that could not be prepared. */
    public void dropDatabase(String name) throws IOException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + quoted(name));
        } catch (SQLException e) {
            throw new IOException("cannot drop the database '" + name + "': " + e.getMessage(), e);
        }
    }

    /** Creates a role that can log in and is a member of {@code group}. */
    public void createRole(RoleLogin created, String group) throws IOException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create role " + quoted(created.role()) + " login createdb createrole in role " + quoted(group));
            setPassword(connection, created);
        } catch (SQLException e) {
            throw new IOException("cannot create the user '" + created.role() + "': " + e.getMessage(), e);
        }
    }

    /** Runs scripts in their order in one database that exists, and stops at the first that fails. */
    public void runScripts(InitScripts init) throws IOException {
        for (InitScripts.Script script : init.scripts()) {
            try {
                run(init.database(), script);
            } catch (SQLException e) {
                throw new IOException("init script " + script.name() + " failed: " + e.getMessage(), e);
            }
        }
    }

    /** Sets passwords. The driver sends only the SCRAM verifiers, so that no log of the server contains a password. */
    public void setPasswords(RoleLogin... logins) throws IOException {
        try (Connection connection = connect("postgres")) {
            for (RoleLogin changed : logins) {
                setPassword(connection, changed);
            }
        } catch (SQLException e) {
            throw new IOException("cannot set the passwords of the server: " + e.getMessage(), e);
        }
    }

    /** {@return whether the server accepts the login} */
    boolean accepts() throws IOException {
        try {
            connect("postgres").close();
            return true;
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw new IOException("cannot log in to the server: " + e.getMessage(), e);
        }
    }

    /**
     * Runs scripts in their order, and stops at the first that fails. Each script has its own session, as in the
     * container of docker-compose.yml: a script may rename the superuser and create a role with its former name.
     *
     * @return the superuser after the scripts
     */
    RoleLogin run(InitScripts init) throws IOException {
        String name = "";
        try (Connection superuser = connect("postgres")) {
            createDatabaseIfMissing(superuser, init.database(), login.role());
            for (InitScripts.Script script : init.scripts()) {
                name = script.name();
                run(init.database(), script);
            }
            name = "";
            RoleLogin renamed = new RoleLogin(currentUser(superuser), login.password());
            setPassword(superuser, renamed);
            return renamed;
        } catch (SQLException e) {
            throw new IOException(
                    (name.isEmpty() ? "the database cannot be prepared" : "init script " + name + " failed") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void run(String database, InitScripts.Script script) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(script.sql());
        }
    }

    private static String currentUser(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select session_user")) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean createDatabaseIfMissing(Connection connection, String name, String owner)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database " + quoted(name) + " owner " + quoted(owner));
            return true;
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private static void setPassword(Connection connection, RoleLogin changed) throws SQLException {
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(changed.role(), changed.password().toCharArray(), "scram-sha-256");
    }

    private Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ServerProcess.ADDRESS});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(login.role());
        source.setPassword(login.password());
        source.setApplicationName("wellhead-embedded");
        source.setLoginTimeout(LOGIN_SECONDS);
        // a script contains many statements, which only the simple protocol accepts in one message, as psql sends them
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source.getConnection();
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
