package dev.wellhead.junit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The template of most tests: a table of accounts with one row. */
public final class TestTables implements TestMigrations {

    private TestTables() {}

    @Override
    public void migrate(DataSource template) throws SQLException {
        try (Connection connection = template.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table accounts (id bigint generated always as identity, name text not null)");
            statement.execute("insert into accounts (name) values ('from the template')");
        }
    }

    static void add(DataSource database, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into accounts (name) values ('" + name + "')");
        }
    }

    static int count(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return count(connection);
        }
    }

    static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from accounts")) {
            row.next();
            return row.getInt(1);
        }
    }

    static String name(Connection connection) throws SQLException {
        return connection.getCatalog();
    }

    static String name(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return name(connection);
        }
    }
}
