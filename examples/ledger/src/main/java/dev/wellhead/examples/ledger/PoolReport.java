package dev.wellhead.examples.ledger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.wellhead.Database;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** Statistics of the pool, from events of the database and from HikariCP's MXBean. Thread-safe. */
final class PoolReport implements DatabaseListener {

    /** An acquire that takes longer waited until a connection was returned or opened. */
    private static final long WAITED = Duration.ofMillis(1).toNanos();

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong acquired = new AtomicLong();
    private final AtomicLong waited = new AtomicLong();
    private final LongAccumulator longestWait = new LongAccumulator(Math::max, 0);
    private final LongAccumulator mostUsed = new LongAccumulator(Math::max, 0);
    private final LongAccumulator mostPending = new LongAccumulator(Math::max, 0);

    /** {@return the connections of {@code database}; this object counts them} */
    Connections count(Database database) throws SQLException {
        HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        return () -> {
            long start = System.nanoTime();
            Connection connection = database.getConnection();
            long wait = System.nanoTime() - start;
            acquired.incrementAndGet();
            if (wait > WAITED) {
                waited.incrementAndGet();
            }
            longestWait.accumulate(wait);
            mostUsed.accumulate(pool.getActiveConnections());
            mostPending.accumulate(pool.getThreadsAwaitingConnection());
            return connection;
        };
    }

    @Override
    public void connectionOpened(ConnectionOpened event) {
        opened.incrementAndGet();
    }

    @Override
    public void connectionFailed(ConnectionFailed event) {
        failed.incrementAndGet();
    }

    @Override
    public void connectionClosed(ConnectionClosed event) {
        closed.incrementAndGet();
    }

    String report(Database database) throws SQLException {
        HikariDataSource dataSource = database.unwrap(HikariDataSource.class);
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        String lines =
                """
                  acquired            %d times, %d of them waited more than 1 ms, the longest %d ms
                  connections         %d opened, %d attempts failed, %d closed
                  most at one moment  %d used of %d, %d pending
                  now                 %d used, %d idle
                """;
        return lines.formatted(
                acquired.get(),
                waited.get(),
                Duration.ofNanos(longestWait.get()).toMillis(),
                opened.get(),
                failed.get(),
                closed.get(),
                mostUsed.get(),
                dataSource.getMaximumPoolSize(),
                mostPending.get(),
                pool.getActiveConnections(),
                pool.getIdleConnections());
    }
}
