package dev.wellhead.benchmarks.load;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Eight threads acquire, query and return until the program reads a line. Each thread evicts every tenth connection, so
 * that the pool constantly opens new ones. Prints {@code ready} when the threads have started, and at the end
 * {@code borrows failed longest-in-milliseconds}.
 */
public final class Load {

    private static final int THREADS = 8;
    private static final int ONE_IN = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 1_000;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DataSource pool;
    private final HikariDataSource hikari;
    private final AtomicLong borrows = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean stopped;

    private Load(DataSource pool) throws SQLException {
        this.pool = pool;
        this.hikari = pool.unwrap(HikariDataSource.class);
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        PoolFactory factory = ServiceLoader.load(PoolFactory.class).iterator().next();
        DataSource pool = factory.open(CONNECTION_TIMEOUT_MILLIS);
        Load load = new Load(pool);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(load::run, "load-" + i);
            thread.start();
            threads.add(thread);
        }
        System.out.println("ready");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        load.stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        ((AutoCloseable) pool).close();
        System.out.println(load.borrows + " " + load.failed + " " + load.longest.get() / NANOS_PER_MILLI);
    }

    private void run() {
        int round = 0;
        while (!stopped) {
            long begin = System.nanoTime();
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                statement.execute("SELECT 1");
                if (++round % ONE_IN == 0) {
                    hikari.evictConnection(connection);
                }
            } catch (SQLException e) {
                failed.incrementAndGet();
            }
            borrows.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
