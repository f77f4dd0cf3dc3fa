package dev.wellhead.aws;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.Database;
import dev.wellhead.testkit.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that acquire, query and return without a pause. Twenty times a second, one of them ends the connection that
 * it returns, so that a pool of eight constantly replaces its connections. HikariCP cannot replace many more, because
 * it pauses for 30 ms after each connection that it adds.
 */
final class Borrowers implements AutoCloseable {

    private static final long BETWEEN_EVICTIONS_NANOS = 50_000_000;

    private final Database database;
    private final HikariDataSource hikari;
    private final boolean evicting;
    private final AtomicLong evictAt;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong borrows = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong lastBorrow = new AtomicLong(System.nanoTime());
    private volatile boolean stopped;

    private Borrowers(Database database, boolean evicting) throws SQLException {
        this.database = database;
        this.hikari = database.unwrap(HikariDataSource.class);
        this.evicting = evicting;
        this.evictAt = new AtomicLong(System.nanoTime());
    }

    static Borrowers start(Database database, int count) throws SQLException {
        return start(database, count, true);
    }

    /** @param evicting whether they end connections */
    static Borrowers start(Database database, int count, boolean evicting) throws SQLException {
        Borrowers borrowers = new Borrowers(database, evicting);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(borrowers::run, "borrower-" + i);
            thread.setDaemon(true);
            borrowers.threads.add(thread);
            thread.start();
        }
        return borrowers;
    }

    private void run() {
        while (!stopped) {
            long begin = System.nanoTime();
            try (Connection connection = database.getConnection()) {
                longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                borrows.incrementAndGet();
                lastBorrow.set(System.nanoTime());
                query(connection);
                long due = evictAt.get();
                long now = System.nanoTime();
                if (evicting
                        && now - due >= 0
                        && isNearlyFull()
                        && evictAt.compareAndSet(due, now + BETWEEN_EVICTIONS_NANOS)) {
                    hikari.evictConnection(connection);
                    evictions.incrementAndGet();
                }
            } catch (SQLException | RuntimeException | Error e) {
                failures.add(e);
            }
        }
    }

    /** Prevents that the borrowers empty the pool on a busy machine, on which HikariCP adds connections more slowly. */
    private boolean isNearlyFull() {
        return hikari.getHikariPoolMXBean().getTotalConnections() >= hikari.getMaximumPoolSize() - 2;
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
        }
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    long borrows() {
        return borrows.get();
    }

    /** {@return the time since a connection was acquired} */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastBorrow.get());
    }

    /** Waits until the borrowers have ended this many connections from now on, about twenty per second. */
    void awaitEvictions(int count) {
        long until = evictions.get() + count;
        Await.until(Duration.ofMinutes(3), count + " connections were ended", () -> evictions.get() >= until);
    }

    /** Waits until the borrowers have acquired and returned this many connections from now on. */
    void awaitBorrows(int count) {
        long until = borrows.get() + count;
        Await.until(Duration.ofMinutes(1), count + " borrows", () -> borrows.get() >= until);
    }

    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    void forgetLongest() {
        longest.set(0);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
