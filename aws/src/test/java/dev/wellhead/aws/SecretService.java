package dev.wellhead.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.testkit.AnsweringProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A service that only opens a database as the README shows, and prints its user for each line of its input. */
final class SecretService {

    private SecretService() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Database database = Databases.fromEnvironment()) {
            @Nullable String order;
            do {
                print(user(database));
                order = orders.readLine();
            } while (order != null);
        } catch (SQLException | RuntimeException e) {
            print(String.valueOf(e.getMessage()).replaceAll("\\R", "|"));
        }
    }

    /** The connection is closed afterwards, so that each call needs a new one. */
    private static String user(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_user || ' in ' || current_database()")) {
            rows.next();
            database.unwrap(HikariDataSource.class).evictConnection(connection);
            return rows.getString(1);
        }
    }

    private static void print(String what) {
        System.out.println(AnsweringProcess.ANSWER + what);
    }
}
