package dev.wellhead.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** What has to be done inside a server that has just been started. */
final class Sql {

    private static final int LOGIN_SECONDS = 30;

    private Sql() {}

    /** Creates an empty database, unless there is one of this name. */
    static void createDatabaseIfMissing(int port, String name) throws IOException {
        try (Connection connection = connect(port, "postgres");
                PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
                if (found.next()) {
                    return;
                }
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("create database \"" + name.replace("\"", "\"\"") + "\"");
            }
        } catch (SQLException e) {
            throw new IOException("cannot create the database '" + name + "': " + e.getMessage(), e);
        }
    }

    /** Runs scripts in the order given, and stops at the first that fails. */
    static void run(int port, String database, List<InitScripts.Script> scripts) throws IOException {
        String name = "";
        try (Connection connection = connect(port, database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (InitScripts.Script script : scripts) {
                name = script.name();
                statement.execute(script.sql());
            }
        } catch (SQLException e) {
            throw new IOException("init script " + name + " failed: " + e.getMessage(), e);
        }
    }

    static Connection connect(int port, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ServerProcess.ADDRESS});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(LocalPostgres.USER);
        source.setPassword(LocalPostgres.PASSWORD);
        source.setApplicationName("wellhead-embedded");
        source.setLoginTimeout(LOGIN_SECONDS);
        // scripts are sent as psql sends them
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source.getConnection();
    }
}
