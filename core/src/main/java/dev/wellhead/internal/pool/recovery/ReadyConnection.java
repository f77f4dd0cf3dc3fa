package dev.wellhead.internal.pool.recovery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds at most one physical connection that was opened in advance. Thread-safe. */
public final class ReadyConnection implements Handover {

    private @Nullable Connection ready;
    private int waiting;
    private boolean closed;

    /** {@return the connection that {@code connection} replaces; null if there was none} The caller closes it. */
    public synchronized @Nullable Connection put(Connection connection) {
        Connection replaced = ready;
        ready = connection;
        notifyAll();
        return replaced;
    }

    /** {@return the connection that is ready; null if there is none} The caller owns it. */
    public synchronized @Nullable Connection take() {
        Connection taken = ready;
        ready = null;
        return taken;
    }

    /** {@return as {@link #take}, but null if another thread is waiting for the connection} */
    public synchronized @Nullable Connection takeUnneeded() {
        return waiting > 0 && !closed ? null : take();
    }

    @Override
    public synchronized @Nullable Connection await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        waiting++;
        try {
            while (ready == null && !closed) {
                // rounded up, because 0 means "no limit"
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
            return closed ? null : take();
        } finally {
            waiting--;
        }
    }

    public synchronized boolean isReady() {
        return ready != null;
    }

    /** {@return whether {@code connection} is closed, or does not work any more} */
    public static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Wakes the threads that wait. The connection that is ready stays until it is taken. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }
}
