package dev.wellhead.examples.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Runs work in SERIALIZABLE transactions and runs it again when PostgreSQL says that it lost against another one.
 *
 * <p>Source: PostgreSQL documentation, "Serialization Failure Handling": retry on SQLSTATE 40001 and 40P01, the whole
 * transaction with the decisions in it, never a single statement.
 */
final class Transactions {

    private static final int MOST_ATTEMPTS = 50;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Connections connections;
    private final Supplier<Random> randomness;
    private final AtomicLong retries = new AtomicLong();

    Transactions(Connections connections) {
        this(connections, ThreadLocalRandom::current);
    }

    Transactions(Connections connections, Supplier<Random> randomness) {
        this.connections = connections;
        this.randomness = randomness;
    }

    /** What happens between begin and commit; may run more than once, so it changes nothing but the database. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS || !lostToAnother(e)) {
                    throw e;
                }
                retries.incrementAndGet();
            }
            // after the connection went back to the pool: whoever won can use it meanwhile
            pause(attempt);
        }
    }

    long retries() {
        return retries.get();
    }

    static boolean lostToAnother(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = connections.acquire()) {
            connection.setAutoCommit(false);
            try {
                // for this transaction alone, so that it also holds behind a transaction pooler
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set transaction isolation level serializable");
                }
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Full jitter, doubling: those who collided must not meet again at the same moment. */
    private void pause(int attempt) throws SQLException {
        long bound = Math.min(LONGEST_PAUSE.toMillis(), 1L << Math.min(attempt, 10));
        try {
            Thread.sleep(randomness.get().nextLong(bound + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted before the transaction was tried again.", "57014", e);
        }
    }
}
