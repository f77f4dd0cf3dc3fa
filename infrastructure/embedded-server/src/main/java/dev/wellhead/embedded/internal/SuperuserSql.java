package dev.wellhead.embedded.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Runs SQL on a server of this module as its superuser. */
public final class SuperuserSql {

    /** The superuser of every server that this module creates. */
    public static final String USER = "postgres";

    /** The superuser's password, the well-known one of local databases. */
    public static final String PASSWORD = "postgres";

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int LOGIN_SECONDS = 30;

    private SuperuserSql() {}

    /** Creates an empty database, unless a database with this name exists. */
    public static void createDatabaseIfMissing(int port, String name) throws IOException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name.replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new IOException("cannot create the database '" + name + "': " + e.getMessage(), e);
            }
        }
    }

    /** Runs scripts in their order, and stops at the first that fails. */
    static void run(int port, InitScripts init) throws IOException {
        String name = "";
        try (Connection connection = connect(port, init.database());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (InitScripts.Script script : init.scripts()) {
                name = script.name();
                statement.execute(script.sql());
            }
        } catch (SQLException e) {
            throw new IOException("init script " + name + " failed: " + e.getMessage(), e);
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ServerProcess.ADDRESS});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setApplicationName("wellhead-embedded");
        source.setLoginTimeout(LOGIN_SECONDS);
        // a script contains many statements, which only the simple protocol accepts in one message, as psql sends them
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source.getConnection();
    }
}
