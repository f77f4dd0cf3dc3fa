package dev.wellhead.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.Databases;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service in its own process with its own environment, which only opens a database as the README shows. */
final class ServiceProcess implements AutoCloseable {

    private static final String ANSWER = "> ";

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ServiceProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.input = process.outputWriter(UTF_8);
    }

    /** @param environment the whole environment, except for the variable that disables instance metadata */
    static ServiceProcess start(Path home, Map<String, String> environment) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("HOME", home.toString());
        all.put("AWS_EC2_METADATA_DISABLED", "true");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Service.class.getName()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(all);
        return new ServiceProcess(builder.start());
    }

    /** {@return the next answer, without what the service logs} */
    String answer() throws IOException {
        StringBuilder log = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.startsWith(ANSWER)) {
            log.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("it ended without an answer: " + log);
        }
        return line.substring(ANSWER.length());
    }

    /** Lets it open a new connection and print its user. */
    void ask() throws IOException {
        input.write("\n");
        input.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The service. */
    static final class Service {

        private Service() {}

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
            System.out.println(ANSWER + what);
        }
    }
}
