package dev.wellhead;

import dev.wellhead.testkit.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that acquire a connection, query and return it, without a pause, and record every failure. */
final class Load {

    final AtomicLong longestBorrow = new AtomicLong();
    final AtomicLong borrows = new AtomicLong();
    final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads = new ArrayList<>();

    Load(Database database, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(new Thread(() -> run(database), "load-" + i));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void stop() throws InterruptedException {
        running.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    void awaitMoreBorrows(int more) {
        long goal = borrows.get() + more;
        Await.until(Duration.ofSeconds(60), () -> borrows.get() >= goal);
    }

    private void run(Database database) {
        while (running.get()) {
            long start = System.nanoTime();
            try (Connection connection = database.getConnection()) {
                long waited = System.nanoTime() - start;
                longestBorrow.accumulateAndGet(waited, Math::max);
                TestDatabase.answer(connection, "select 1");
                borrows.incrementAndGet();
            } catch (SQLException e) {
                failures.add(e);
            }
        }
    }
}
