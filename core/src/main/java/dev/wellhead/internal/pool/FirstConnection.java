package dev.wellhead.internal.pool;

import dev.wellhead.spi.ConnectionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the first connection, waiting for a database that is still coming: as long as waiting may help, and no longer. */
public final class FirstConnection {

    /** One attempt. */
    public interface Attempt {
        /**
         * {@return the connection}
         *
         * @param atMost what is left of the wait; the attempt may have a shorter limit of its own
         */
        Connection open(Duration atMost) throws SQLException;
    }

    /** The time, and a way to let it pass. */
    public interface Time {
        long nanos();

        void sleep(long milliseconds) throws InterruptedException;
    }

    /** Soon enough for a container that starts in a second. */
    private static final long SHORTEST_PAUSE = 100;

    /** Seldom enough for a database that a hundred instances wait for. */
    private static final long LONGEST_PAUSE = 2_000;

    /** The first attempt has the limits it always has. */
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    /** Less than this says nothing about a server. */
    private static final long SHORTEST_ATTEMPT = 1_000;

    private final String database;
    private final Duration startupTimeout;
    private final String variable;
    private final Time time;

    /** @param variable the variable that sets startupTimeout */
    public FirstConnection(String database, Duration startupTimeout, String variable, Time time) {
        this.database = database;
        this.startupTimeout = startupTimeout;
        this.variable = variable;
        this.time = time;
    }

    public Connection open(Attempt attempt) throws SQLException {
        long start = time.nanos();
        long pauseMillis = SHORTEST_PAUSE;
        boolean waiting = false;
        Duration atMost = NO_LIMIT;
        while (true) {
            try {
                Connection connection = attempt.open(atMost);
                if (waiting) {
                    log().info("Database '{}' is there after {} ms.", database, millisSince(start));
                }
                return connection;
            } catch (ConnectionFailedException e) {
                long left = startupTimeout.toMillis() - millisSince(start);
                if (!e.kind().isTransient() || left <= 0) {
                    throw waiting ? gaveUp(e, millisSince(start)) : e;
                }
                if (!waiting) {
                    waiting = true;
                    log().info(
                                    "Waiting up to {} s for database '{}' ({}): {}",
                                    startupTimeout.toSeconds(),
                                    database,
                                    variable,
                                    e.getMessage());
                }
                sleep(Math.min(left, jittered(pauseMillis)), e);
                pauseMillis = Math.min(LONGEST_PAUSE, pauseMillis * 2);
                long rest = startupTimeout.toMillis() - millisSince(start);
                atMost = Duration.ofMillis(Math.max(SHORTEST_ATTEMPT, rest));
            }
        }
    }

    /** Spreads instances that start together: half to whole of {@code milliseconds}. */
    private static long jittered(long milliseconds) {
        return milliseconds / 2 + ThreadLocalRandom.current().nextLong(milliseconds / 2 + 1);
    }

    private void sleep(long milliseconds, ConnectionFailedException reason) throws SQLException {
        try {
            time.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ConnectionFailedException interrupted = new ConnectionFailedException(
                    "Interrupted while waiting for database '" + database + "'. " + reason.getMessage(),
                    reason.getSQLState(),
                    reason.kind(),
                    reason);
            interrupted.addSuppressed(e);
            throw interrupted;
        }
    }

    private ConnectionFailedException gaveUp(ConnectionFailedException e, long millis) {
        return new ConnectionFailedException(
                e.getMessage() + " Waited " + millis + " ms for it (" + variable + ").", e.getSQLState(), e.kind(), e);
    }

    private long millisSince(long start) {
        return (time.nanos() - start) / 1_000_000;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ConnectionPool.class);
    }

    /** An attempt on the route's present connector. Classes rather than lambdas: this is on the way to the first row. */
    public static final class Opener implements Attempt {

        private final Route route;
        private final Duration budget;

        Opener(Route route, Duration budget) {
            this.route = route;
            this.budget = budget;
        }

        @Override
        public Connection open(Duration atMost) throws SQLException {
            return route.open(atMost.compareTo(budget) < 0 ? atMost : budget);
        }
    }

    /** The machine's. */
    public static final class SystemTime implements Time {

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long milliseconds) throws InterruptedException {
            Thread.sleep(milliseconds);
        }
    }
}
