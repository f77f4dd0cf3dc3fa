package dev.wellhead.internal.connect.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The record of the reads and writes of one socket. One thread at a time reads and writes; other threads see its record
 * with a short delay, because ordered writes are cheaper than volatile ones.
 */
public final class SocketActivity {

    /** Counts the beginnings and the ends of calls, so it is odd while a call is in progress. */
    private final AtomicLong calls = new AtomicLong();

    private final AtomicLong receivedAt = new AtomicLong(System.nanoTime());
    private boolean timedOut;
    private volatile @Nullable String endReason;

    SocketActivity() {}

    void callBegins() {
        calls.lazySet(calls.getPlain() + 1);
    }

    void callEnds() {
        calls.lazySet(calls.getPlain() + 1);
    }

    void received() {
        receivedAt.lazySet(System.nanoTime());
    }

    void timedOut() {
        timedOut = true;
    }

    void end(String reason) {
        if (endReason == null) {
            endReason = reason;
        }
    }

    /**
     * {@return the failure of a read or write that the driver made; if the socket was ended, an exception with the
     * reason} The driver replaces the message of an {@link IOException} with its own. It does not catch a
     * {@link PSQLException}, which all its methods declare, so that one reaches the caller of JDBC.
     */
    IOException failureForDriver(IOException failed) {
        String reason = endReason;
        if (reason != null) {
            SocketActivity.<RuntimeException>throwUnchecked(
                    new PSQLException(reason, PSQLState.CONNECTION_FAILURE, failed));
        }
        return failed;
    }

    /** Throws a checked exception from a method that does not declare it. */
    @SuppressWarnings("unchecked") // the cast has no effect at run time
    private static <E extends Throwable> void throwUnchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    /** {@return a number that changes with each read and write} It is odd while one is in progress. */
    public long calls() {
        return calls.get();
    }

    /** {@return the time of the last byte from the server, on the scale of {@link System#nanoTime}} */
    public long receivedAt() {
        return receivedAt.get();
    }

    /** {@return whether a read has timed out since the last call of this method} For the thread that reads. */
    public boolean takeTimedOut() {
        boolean taken = timedOut;
        timedOut = false;
        return taken;
    }

    /** {@return the reason why the socket was ended; null if it was not} */
    public @Nullable String endReason() {
        return endReason;
    }
}
