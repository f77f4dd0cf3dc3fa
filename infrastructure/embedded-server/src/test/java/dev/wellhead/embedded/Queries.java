package dev.wellhead.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL as the role for applications, each time on a new connection, or as the superuser. */
final class Queries {

    private Queries() {}

    static Connection connect(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    static Connection connectAsSuperuser(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), LocalPostgres.SUPERUSER, server.superuserPassword());
    }

    /** {@return the rows of a query that only a superuser may run} */
    static List<String> superuserRows(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = connectAsSuperuser(server)) {
            return rows(connection, sql);
        }
    }

    /** {@return the rows, their columns joined with a space} */
    static List<String> rows(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            return rows(connection, sql);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder(String.valueOf(result.getString(1)));
                for (int column = 2; column <= columns; column++) {
                    row.append(' ').append(result.getString(column));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    static void execute(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
