package dev.wellhead.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Acquires and returns a connection. Both pools use HikariCP's defaults and hold ten connections to the same server, which
 * are open before the measurement starts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BorrowBenchmark {

    private static final int CONNECTIONS = 10;

    @Param({"hikaricp", "wellhead"})
    String library = "";

    @Param("localhost")
    String host = "";

    @Param("5432")
    int port;

    private DataSource pool = new HikariDataSource();

    @Setup
    public void open() throws SQLException, InterruptedException {
        pool = library.equals("wellhead") ? wellhead() : hikariCp();
        HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
        while (hikari.getHikariPoolMXBean().getTotalConnections() < CONNECTIONS) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @TearDown
    public void close() throws Exception {
        ((AutoCloseable) pool).close();
    }

    @Benchmark
    public void borrow() throws SQLException {
        pool.getConnection().close();
    }

    @Benchmark
    public int select() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private DataSource hikariCp() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Target.jdbcUrl(host, port));
        config.setUsername(Target.USER);
        config.setPassword(Target.PASSWORD);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private DataSource wellhead() throws SQLException {
        return Databases.builder()
                .environment(Map.of(
                        "DB_HOST",
                        host,
                        "DB_PORT",
                        Integer.toString(port),
                        "DB_NAME",
                        Target.DATABASE,
                        "DB_USER",
                        Target.USER,
                        "DB_PASSWORD",
                        Target.PASSWORD,
                        "DB_MAXIMUM_POOL_SIZE",
                        Integer.toString(CONNECTIONS)))
                .open();
    }
}
