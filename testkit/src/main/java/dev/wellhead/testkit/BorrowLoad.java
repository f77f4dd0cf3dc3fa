package dev.wellhead.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Threads that acquire a connection, run a query, return the connection and pause, and a record of their failures. A
 * fault may lose a statement. It should not fail a borrow if it is shorter than connectionTimeout. Thread-safe.
 */
public final class BorrowLoad implements AutoCloseable {

    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private final DataSource source;
    private final String query;
    private final Duration pause;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray lastSuccess;
    private final AtomicLong uses = new AtomicLong();
    private final AtomicLong longestBorrow = new AtomicLong();
    private final List<Throwable> failedBorrows = new CopyOnWriteArrayList<>();
    private final List<SQLException> lostStatements = new CopyOnWriteArrayList<>();
    private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    private BorrowLoad(DataSource source, int threads, String query, Duration pause) {
        this.source = source;
        this.query = query;
        this.pause = pause;
        this.lastSuccess = new AtomicLongArray(threads);
    }

    /**
     * How long the threads needed after the end of a fault.
     *
     * @param first until the first use that succeeded
     * @param all until every thread had succeeded
     */
    public record Recovery(Duration first, Duration all) {}

    /** {@return eight running threads that pause for 20 ms after each use; the caller closes the load} */
    public static BorrowLoad start(DataSource source) {
        return start(source, 8, "select 1", Duration.ofMillis(20));
    }

    /** {@return running threads; the caller closes the load} */
    public static BorrowLoad start(DataSource source, int threads, String query, Duration pause) {
        BorrowLoad load = new BorrowLoad(source, threads, query, pause);
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> load.run(number), "load-" + i);
            thread.setDaemon(true);
            load.threads.add(thread);
            load.lastSuccess.set(i, System.nanoTime());
            thread.start();
        }
        return load;
    }

    private void run(int number) {
        while (!stopped) {
            Connection connection = borrow();
            if (connection != null) {
                use(connection, number);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private @Nullable Connection borrow() {
        long begin = System.nanoTime();
        try {
            return source.getConnection();
        } catch (SQLException | RuntimeException | Error e) {
            failedBorrows.add(e);
            return null;
        } finally {
            longestBorrow.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    private void use(Connection connection, int number) {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            lastSuccess.set(number, System.nanoTime());
            uses.incrementAndGet();
        } catch (SQLException e) {
            lostStatements.add(e);
        } catch (RuntimeException | Error e) {
            unexpected.add(e);
        }
    }

    /** {@return how many uses succeeded} */
    public long uses() {
        return uses.get();
    }

    /** {@return why connections were not available, in the order of the failures} */
    public List<Throwable> failedBorrows() {
        return List.copyOf(failedBorrows);
    }

    /** {@return the failures of queries on a connection that the pool had lent} */
    public List<SQLException> lostStatements() {
        return List.copyOf(lostStatements);
    }

    /** {@return the longest time that a thread waited for a connection, or for the failure of a borrow} */
    public Duration longestBorrow() {
        return Duration.ofNanos(longestBorrow.get());
    }

    /** Waits until this many more uses have succeeded. */
    public void awaitUses(int more) {
        long goal = uses.get() + more;
        Await.until(RECOVERY_LIMIT, more + " more uses", () -> uses.get() >= goal);
    }

    /**
     * Waits until every thread has succeeded after this call.
     *
     * @throws AssertionError if a thread does not succeed within two minutes
     */
    public Recovery awaitRecovery() {
        long end = System.nanoTime();
        Await.until(RECOVERY_LIMIT, "the success of one thread", () -> successesAfter(end) > 0);
        long first = System.nanoTime() - end;
        Await.until(RECOVERY_LIMIT, "the success of every thread", () -> successesAfter(end) == threads.size());
        return new Recovery(Duration.ofNanos(first), Duration.ofNanos(System.nanoTime() - end));
    }

    private int successesAfter(long moment) {
        int count = 0;
        for (int i = 0; i < lastSuccess.length(); i++) {
            count += lastSuccess.get(i) - moment > 0 ? 1 : 0;
        }
        return count;
    }

    /** Prints the figures of one fault on one line. */
    public void print(String fault, Recovery recovery) {
        System.out.printf(
                "%s: %d uses, %d failed borrows, %d lost statements, longest borrow %d ms, first success after %d ms, all threads after %d ms%n",
                fault,
                uses(),
                failedBorrows.size(),
                lostStatements.size(),
                longestBorrow().toMillis(),
                recovery.first().toMillis(),
                recovery.all().toMillis());
    }

    /**
     * Stops the threads.
     *
     * @throws AssertionError if one is stuck, or if a query failed with something else than an SQLException
     */
    @Override
    public void close() {
        stopped = true;
        Await.until(END_LIMIT, "the end of every thread", () -> threads.stream().noneMatch(Thread::isAlive));
        if (!unexpected.isEmpty()) {
            throw new AssertionError("a query failed unexpectedly", unexpected.get(0));
        }
    }
}
