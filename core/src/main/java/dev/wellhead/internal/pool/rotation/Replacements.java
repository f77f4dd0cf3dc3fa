package dev.wellhead.internal.pool.rotation;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens physical connections in advance and keeps at most one ready. The pool uses it when it next opens a connection.
 * The rotation is notified of each opened connection through {@link Rotation#opened}. Thread-safe.
 */
public interface Replacements {

    /** {@return whether a connection is ready that the pool has not used yet} */
    boolean isReady();

    /** Opens a connection within {@code budget} and keeps it ready. */
    void open(Duration budget) throws SQLException;

    /**
     * Opens a connection with the first candidate of the current credentials, and keeps it ready.
     *
     * @return its generation
     */
    long openWithFirstCandidate(Duration budget) throws SQLException;

    /** Closes the connection that is ready, if there is one. */
    void drop();
}
