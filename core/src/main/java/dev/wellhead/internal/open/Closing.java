package dev.wellhead.internal.open;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The parts of a database or of another client. They close once, in reverse order, and each of them even if another one fails. */
public final class Closing {

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Adds a part that closes before the present ones. */
    public synchronized void add(AutoCloseable part) {
        parts.add(part);
    }

    /** Adds a part that closes after the present ones. */
    synchronized void addLast(AutoCloseable part) {
        parts.add(0, part);
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Closes all parts. The first failure is thrown, the others are attached to it. */
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                closeFrom(0);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Closes all parts because of {@code failure}; a failure to close is attached to it. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException too) {
            failure.addSuppressed(too);
        }
    }

    @SuppressWarnings("try") // the resource is closed after the parts behind it
    private void closeFrom(int index) throws Exception {
        if (index < parts.size()) {
            try (AutoCloseable part = parts.get(index)) {
                closeFrom(index + 1);
            }
        }
    }
}
