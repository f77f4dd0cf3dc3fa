package dev.wellhead.compatibility;

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

/** Opens the database of its environment, and answers each line of its input with a query on a new connection. */
final class Service {

    private Service() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Database database = Databases.fromEnvironment()) {
            String order;
            do {
                answer(query(database));
                order = orders.readLine();
            } while (order != null);
        } catch (SQLException | RuntimeException | LinkageError e) {
            e.printStackTrace();
            answer(String.valueOf(e.getMessage()).replaceAll("\\R *", " | "));
        }
    }

    /** The connection is closed afterwards, so that each call needs a new one. */
    private static String query(Database database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_user, ssl, current_setting('statement_timeout')"
                        + " from pg_stat_ssl where pid = pg_backend_pid()")) {
            rows.next();
            HikariDataSource pool = database.unwrap(HikariDataSource.class);
            String answer =
                    rows.getString(1) + ", TLS " + rows.getBoolean(2) + ", timeout " + rows.getString(3) + ", pool "
                            + pool.getMaximumPoolSize() + ", driver "
                            + connection.getMetaData().getDriverVersion();
            pool.evictConnection(connection);
            return answer;
        }
    }

    static void answer(String text) {
        System.out.println(AnsweringProcess.ANSWER + text);
    }
}
