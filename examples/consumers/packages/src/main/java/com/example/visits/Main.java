package com.example.visits;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Adds a visit for every line of standard input, and prints the number of visits that another connection sees. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (Database database = Databases.fromEnvironment()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table visits (at timestamptz not null default now())");
            }
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (input.readLine() != null) {
                System.out.println("> " + answer(database));
            }
        }
    }

    private static String answer(Database database) {
        try {
            return Long.toString(add(database));
        } catch (SQLException e) {
            return "failed: " + String.valueOf(e.getMessage()).replaceAll("\\R", " ");
        }
    }

    /** Counts with a connection of the driver, so that its registration is used as well. */
    private static long add(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into visits default values");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:wellhead:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from visits")) {
            row.next();
            return row.getLong(1);
        }
    }
}
