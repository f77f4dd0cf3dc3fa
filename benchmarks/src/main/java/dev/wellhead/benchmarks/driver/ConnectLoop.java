package dev.wellhead.benchmarks.driver;

import dev.wellhead.Databases;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;

/**
 * Opens and closes physical connections in one process, in turn through pgjdbc, as the pool of a {@code Database} does it, and
 * through the driver. Turns that follow each other directly meet the same machine, the same server and the same compiled code,
 * which separate processes do not. Prints the median of each in microseconds.
 */
public final class ConnectLoop {

    /** The begin of the line with the medians: pgjdbc, {@code Database}, driver with a server, driver with the process's settings. */
    public static final String RESULT = "medians ";

    private static final Duration BUDGET = Duration.ofSeconds(10);

    /** Opens a connection in one of the ways. */
    private interface Way {
        Connection open() throws SQLException;
    }

    private ConnectLoop() {}

    /** Arguments: the number of connections of each way before the measurement, and the number of measured ones. */
    public static void main(String[] arguments) throws SQLException {
        Way[] ways = {pgjdbc(), database(), driver("postgresql://" + target()), driver("")};
        measure(ways, Integer.parseInt(arguments[0]));
        long[][] nanos = measure(ways, Integer.parseInt(arguments[1]));
        StringBuilder line = new StringBuilder(RESULT);
        for (long[] samples : nanos) {
            Arrays.sort(samples);
            line.append(samples[samples.length / 2] / 1e3).append(' ');
        }
        System.out.println(line.toString().stripTrailing());
    }

    /** The order is reversed in every other round, so that no way always follows the same one. */
    private static long[][] measure(Way[] ways, int rounds) throws SQLException {
        long[][] nanos = new long[ways.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < ways.length; turn++) {
                int way = round % 2 == 0 ? turn : ways.length - 1 - turn;
                long begin = System.nanoTime();
                ways[way].open().close();
                nanos[way][round] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }

    private static Way pgjdbc() {
        String url = "jdbc:postgresql://" + target();
        Properties login = login();
        return () -> DriverManager.getConnection(url, login);
    }

    private static Way driver(String target) {
        String url = "jdbc:wellhead:" + target;
        Properties login = target.isEmpty() ? new Properties() : login();
        return () -> DriverManager.getConnection(url, login);
    }

    private static Way database() {
        DatabaseSettings settings = Databases.resolve(System.getenv());
        Connector connector =
                new Connector(settings, new EnvironmentCredentials(), new LoginMemory(), new DatabaseListener() {});
        return () -> connector.open(BUDGET);
    }

    private static String target() {
        return variable("DB_HOST") + ":" + variable("DB_PORT") + "/" + variable("DB_NAME") + "?sslmode="
                + variable("DB_SSLMODE") + "&sslrootcert=" + variable("DB_SSLROOTCERT");
    }

    private static Properties login() {
        Properties login = new Properties();
        login.putAll(Map.of("user", variable("DB_USER"), "password", variable("DB_PASSWORD")));
        return login;
    }

    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }
}
