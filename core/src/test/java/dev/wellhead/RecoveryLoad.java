package dev.wellhead;

import com.zaxxer.hikari.HikariDataSource;
import dev.wellhead.testkit.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Eight threads that acquire, query and return with a pause of 20 ms. They can also end connections, so that the pool opens new
 * ones all the time.
 */
final class RecoveryLoad implements AutoCloseable {

    private static final int THREADS = 8;
    private static final long PAUSE_MILLIS = 20;
    private static final long BETWEEN_EVICTIONS_NANOS = 50_000_000;
    private static final long ESCAPED_NANOS = 200_000_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Database database;
    private final HikariDataSource hikari;
    private final boolean evicting;
    private final AtomicLong evictAt = new AtomicLong(System.nanoTime());
    private final List<Thread> threads = new ArrayList<>();
    private final List<SQLException> failedBorrows = new CopyOnWriteArrayList<>();
    private final AtomicLong lostStatements = new AtomicLong();
    private final AtomicLong borrows = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLongArray lastSuccess = new AtomicLongArray(THREADS);
    private final AtomicLongArray firstSuccessAfterEnd = new AtomicLongArray(THREADS);
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile long endedAt;

    private RecoveryLoad(Database database, boolean evicting) throws SQLException {
        this.database = database;
        this.hikari = database.unwrap(HikariDataSource.class);
        this.evicting = evicting;
    }

    /** @param evicting whether one of the threads ends its connection every 50 ms */
    static RecoveryLoad start(Database database, boolean evicting) throws SQLException {
        RecoveryLoad load = new RecoveryLoad(database, evicting);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> load.run(number), "load-" + i);
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        load.awaitBorrows(10 * THREADS);
        return load;
    }

    private void run(int number) {
        while (running.get()) {
            long begin = System.nanoTime();
            try (Connection connection = database.getConnection()) {
                longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                borrows.incrementAndGet();
                query(connection, number);
                evictSometimes(connection);
            } catch (SQLException e) {
                failedBorrows.add(e);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The outage can end a session between the acquire and the query. */
    private void query(Connection connection, int number) {
        try {
            TestDatabase.answer(connection, "select 1");
            long now = System.nanoTime();
            lastSuccess.set(number, now);
            if (endedAt != 0) {
                firstSuccessAfterEnd.compareAndSet(number, 0, now);
            }
        } catch (SQLException e) {
            lostStatements.incrementAndGet();
        }
    }

    private void evictSometimes(Connection connection) {
        long due = evictAt.get();
        long now = System.nanoTime();
        if (evicting && now - due >= 0 && evictAt.compareAndSet(due, now + BETWEEN_EVICTIONS_NANOS)) {
            hikari.evictConnection(connection);
        }
    }

    /** Waits until the threads have acquired this many connections from now on. */
    void awaitBorrows(long count) {
        long goal = borrows.get() + count;
        Await.until(LONG, count + " borrows", () -> borrows.get() >= goal);
    }

    /** Waits until no thread has had a success for this long. */
    void awaitOutage(Duration silence) {
        awaitOutage(silence, () -> {});
    }

    /** @param endSessions is called while threads succeed: a session that was opening when the fault began can escape it */
    void awaitOutage(Duration silence, Runnable endSessions) {
        Await.until(LONG, "the database is not available", () -> {
            long newest = Long.MIN_VALUE;
            for (int i = 0; i < THREADS; i++) {
                newest = Math.max(newest, lastSuccess.get(i));
            }
            long silent = System.nanoTime() - newest;
            if (silent < ESCAPED_NANOS) {
                endSessions.run();
            }
            return silent >= silence.toNanos();
        });
    }

    /** Waits until every thread has had a success, and prints the figures of docs/reliability.md. */
    void awaitRecovery(String fault) {
        endedAt = System.nanoTime();
        Await.until(LONG, "every thread succeeds again", () -> last() != 0);
        System.out.printf(
                "%s: %d failed borrows, longest %d ms, %d statements lost, first success %d ms and all threads %d ms"
                        + " after the end%n",
                fault,
                failedBorrows.size(),
                longestNanos.get() / 1_000_000,
                lostStatements.get(),
                (first() - endedAt) / 1_000_000,
                (last() - endedAt) / 1_000_000);
    }

    private long first() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < THREADS; i++) {
            first = Math.min(first, firstSuccessAfterEnd.get(i));
        }
        return first;
    }

    /** {@return when the last thread succeeded; 0 if one has not yet} */
    private long last() {
        long last = 0;
        for (int i = 0; i < THREADS; i++) {
            long its = firstSuccessAfterEnd.get(i);
            if (its == 0) {
                return 0;
            }
            last = Math.max(last, its);
        }
        return last;
    }

    List<SQLException> failedBorrows() {
        return List.copyOf(failedBorrows);
    }

    @Override
    public void close() {
        running.set(false);
        try {
            for (Thread thread : threads) {
                thread.join(LONG.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
