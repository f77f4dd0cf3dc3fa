package dev.wellhead.embedded.provider;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Starts the embedded database with an init script. */
final class NativeImageProgram {

    private NativeImageProgram() {}

    public static void main(String[] arguments) throws SQLException {
        try (Database database = Databases.fromEnvironment();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from by_script")) {
            row.next();
        }
    }
}
