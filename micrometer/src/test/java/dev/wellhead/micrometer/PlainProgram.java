package dev.wellhead.micrometer;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens the default database and borrows a connection. It uses no class of Micrometer. */
final class PlainProgram {

    private PlainProgram() {}

    public static void main(String[] arguments) throws SQLException {
        try (Database database = Databases.fromEnvironment();
                Connection connection = database.getConnection()) {
            System.out.println("valid: " + connection.isValid(10) + ", Micrometer: " + hasMicrometer());
        }
    }

    private static boolean hasMicrometer() {
        try {
            Class.forName("io.micrometer.core.instrument.MeterRegistry");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
