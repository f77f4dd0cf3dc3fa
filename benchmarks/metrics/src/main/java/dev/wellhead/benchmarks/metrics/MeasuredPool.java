package dev.wellhead.benchmarks.metrics;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.wellhead.Databases;
import dev.wellhead.testkit.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A connection pool of one library, with or without metrics. */
interface MeasuredPool {

    int CONNECTIONS = 10;

    /** The bucket boundaries of every library: those that Wellhead recommends for waits. */
    List<Double> BUCKETS = List.of(
            0.00001, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0,
            2.5, 5.0, 10.0, 30.0, 60.0);

    /** {@return an open pool, which the caller closes} */
    DataSource open(String host, int port) throws SQLException;

    static HikariConfig hikariCp(String host, int port) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://" + host + ":" + port + "/postgres?sslmode=disable");
        config.setUsername(PostgresServer.SUPERUSER);
        config.setPassword(PostgresServer.SUPERUSER_PASSWORD);
        config.setMaximumPoolSize(CONNECTIONS);
        return config;
    }

    static Map<String, String> environment(String host, int port, int connections) {
        return Map.of(
                "DB_HOST",
                host,
                "DB_PORT",
                Integer.toString(port),
                "DB_NAME",
                "postgres",
                "DB_USER",
                PostgresServer.SUPERUSER,
                "DB_PASSWORD",
                PostgresServer.SUPERUSER_PASSWORD,
                "DB_MAXIMUM_POOL_SIZE",
                Integer.toString(connections));
    }

    /** {@return {@code pool}} Waits until all of its connections are open. */
    static DataSource filled(DataSource pool) throws SQLException {
        HikariDataSource hikari = pool.unwrap(HikariDataSource.class);
        try {
            while (hikari.getHikariPoolMXBean().getTotalConnections() < hikari.getMaximumPoolSize()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        return pool;
    }

    /** HikariCP without metrics. */
    final class HikariCp implements MeasuredPool {
        @Override
        public DataSource open(String host, int port) {
            return new HikariDataSource(hikariCp(host, port));
        }
    }

    /** HikariCP with an empty tracker: shows what HikariCP itself does for any tracker. */
    final class EmptyTracker implements MeasuredPool {
        @Override
        public DataSource open(String host, int port) {
            HikariConfig config = hikariCp(host, port);
            config.setMetricsTrackerFactory((pool, stats) -> new IMetricsTracker() {});
            return new HikariDataSource(config);
        }
    }

    /** Wellhead without wellhead-otel. */
    final class WellheadOff implements MeasuredPool {
        @Override
        public DataSource open(String host, int port) throws SQLException {
            return Databases.builder()
                    .environment(environment(host, port, CONNECTIONS))
                    .open();
        }
    }
}
