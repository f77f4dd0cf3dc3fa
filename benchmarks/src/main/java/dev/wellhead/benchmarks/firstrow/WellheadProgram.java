package dev.wellhead.benchmarks.firstrow;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The shortest program with Wellhead. */
public final class WellheadProgram {

    private WellheadProgram() {}

    public static void main(String[] arguments) throws SQLException {
        try (Database database = Databases.fromEnvironment();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            System.out.println(rows.getInt(1));
        }
    }
}
