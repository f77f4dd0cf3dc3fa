package dev.wellhead.examples.ledger.common;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Runs work in SERIALIZABLE transactions and retries it after a serialization failure or a deadlock.
 *
 * <p>Source: PostgreSQL documentation, "Serialization Failure Handling": on SQLSTATE 40001 and 40P01 retry the whole
 * transaction including its decisions, never a single statement.
 */
public final class Transactions {

    private static final int MAXIMUM_ATTEMPTS = 50;
    private static final Duration MAXIMUM_PAUSE = Duration.ofMillis(100);

    private final Connections connections;
    private final Supplier<Random> randomness;
    private final AtomicLong retries = new AtomicLong();

    public Transactions(Connections connections) {
        this(connections, ThreadLocalRandom::current);
    }

    Transactions(Connections connections, Supplier<Random> randomness) {
        this.connections = connections;
        this.randomness = randomness;
    }

    /** The work between begin and commit. It may run more than once, so it must change only the database. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == MAXIMUM_ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
                retries.incrementAndGet();
            }
            // after the connection is returned, so that the other transaction can use it
            pause(attempt);
        }
    }

    public long retries() {
        return retries.get();
    }

    static boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = connections.acquire()) {
            connection.setAutoCommit(false);
            try {
                // per transaction, so that it also works behind a pooler in transaction mode
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

    /** Exponential backoff with full jitter, so that conflicting transactions do not collide again. */
    private void pause(int attempt) throws SQLException {
        long bound = Math.min(MAXIMUM_PAUSE.toMillis(), 1L << Math.min(attempt, 10));
        try {
            Thread.sleep(randomness.get().nextLong(bound + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted before the transaction was retried.", "57014", e);
        }
    }
}
