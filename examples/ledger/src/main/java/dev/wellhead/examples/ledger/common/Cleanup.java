package dev.wellhead.examples.ledger.common;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old rows of a table in small batches, between the other work of a thread. Not thread-safe.
 *
 * <p>The work has precedence: {@link #run} deletes at most one batch, and a failure is logged and does not stop the thread.
 */
public final class Cleanup {

    /**
     * The age at which a row is deleted. SQS keeps a message for at most 14 days, and for 14 days more if it is moved back from
     * the queue of dead letters. After that, no copy of the message can be received.
     */
    public static final Duration RETENTION = Duration.ofDays(30);

    /** The largest number of rows in one transaction, so that no transaction is long. */
    public static final int BATCH = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final String table;
    private final Deletion deletion;
    private long next = System.nanoTime();

    /** Deletes rows in a transaction of its own. */
    @FunctionalInterface
    public interface Deletion {

        /** {@return how many rows were deleted, at most {@link #BATCH}} */
        int deleteBatch() throws SQLException;
    }

    /** @param table the name of the table, for the log */
    public Cleanup(String table, Deletion deletion) {
        this.table = table;
        this.deletion = deletion;
    }

    /**
     * Deletes a batch, at the first call and once an hour. If there are more rows than one batch, every call deletes a batch
     * until they are deleted.
     *
     * @return whether there are more rows to delete now
     */
    public boolean run() {
        if (System.nanoTime() - next < 0) {
            return false;
        }
        try {
            if (deletion.deleteBatch() == BATCH) {
                return true;
            }
        } catch (SQLException e) {
            LOG.warn("Old rows of {} cannot be deleted: {}", table, e.getMessage());
        }
        next = System.nanoTime() + INTERVAL.toNanos();
        return false;
    }
}
