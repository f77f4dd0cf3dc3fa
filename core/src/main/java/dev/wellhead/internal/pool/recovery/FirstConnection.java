package dev.wellhead.internal.pool.recovery;

import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.spi.ConnectionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the first connection of a pool. If the failure is transient, because the database is still starting for example,
 * it tries again until startupTimeout has passed.
 */
public final class FirstConnection {

    /** One attempt to connect. */
    public interface Attempt {
        /** {@return the connection} The attempt takes at most {@code atMost}, and may have a shorter limit of its own. */
        Connection open(Duration atMost) throws SQLException;
    }

    /** Short enough for a container that starts in a second. */
    private static final long SHORTEST_PAUSE = 100;

    /** Long enough for a database that a hundred instances wait for. */
    private static final long LONGEST_PAUSE = 2_000;

    /** The first attempt has only its own limit. */
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    /** In less time than this, a server may not be able to answer. */
    private static final long SHORTEST_ATTEMPT = 1_000;

    private final String database;
    private final Duration startupTimeout;
    private final Supplier<String> setting;
    private final PoolClock clock;

    /**
     * Creates the start of one pool.
     *
     * @param setting how messages refer to startupTimeout
     */
    public FirstConnection(String database, Duration startupTimeout, Supplier<String> setting, PoolClock clock) {
        this.database = database;
        this.startupTimeout = startupTimeout;
        this.setting = setting;
        this.clock = clock;
    }

    /** {@return the first connection} */
    public Connection open(Attempt attempt) throws SQLException {
        long start = clock.nanoTime();
        long pauseMillis = SHORTEST_PAUSE;
        boolean waiting = false;
        Duration atMost = NO_LIMIT;
        while (true) {
            try {
                Connection connection = attempt.open(atMost);
                if (waiting) {
                    log().info("Database '{}' is available after {} ms.", database, millisSince(start));
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
                                    "Waiting up to {} for database '{}' ({}): {}",
                                    inUnits(startupTimeout),
                                    database,
                                    setting.get(),
                                    e.getMessage());
                }
                sleep(Math.min(left, jittered(pauseMillis)), e);
                pauseMillis = Math.min(LONGEST_PAUSE, pauseMillis * 2);
                long rest = startupTimeout.toMillis() - millisSince(start);
                atMost = Duration.ofMillis(Math.max(SHORTEST_ATTEMPT, rest));
            }
        }
    }

    private static String inUnits(Duration timeout) {
        return timeout.toMillis() % 1_000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    /** {@return between half and all of {@code milliseconds}, so that instances that start together spread out} */
    private static long jittered(long milliseconds) {
        return milliseconds / 2 + ThreadLocalRandom.current().nextLong(milliseconds / 2 + 1);
    }

    /** Waits before the next attempt. An interrupt ends the start with the failure of the last attempt. */
    private void sleep(long milliseconds, ConnectionFailedException reason) throws SQLException {
        try {
            clock.sleep(milliseconds);
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

    /** {@return the last failure, with the time that was waited and the setting that limits it} */
    private ConnectionFailedException gaveUp(ConnectionFailedException e, long millis) {
        return new ConnectionFailedException(
                e.getMessage() + System.lineSeparator() + "  Waited " + millis + " ms for it (" + setting.get() + ").",
                e.getSQLState(),
                e.kind(),
                e);
    }

    private long millisSince(long start) {
        return (clock.nanoTime() - start) / 1_000_000;
    }

    private static Logger log() {
        return LoggerFactory.getLogger(FirstConnection.class);
    }
}
