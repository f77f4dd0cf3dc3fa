package dev.wellhead.internal.open;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a database in the order in which they close: each before those that were added earlier. All of them close,
 * once, even if one fails.
 */
final class Closing {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Adds a part that closes before the present ones. */
    void add(AutoCloseable part) {
        parts.addFirst(part);
    }

    /** Adds a part that closes after the present ones. */
    void addLast(AutoCloseable part) {
        parts.addLast(part);
    }

    /** Closes all parts. The first failure is thrown, the others are attached to it. */
    void close() {
        RuntimeException failure = null;
        if (closed.compareAndSet(false, true)) {
            for (AutoCloseable part : parts) {
                failure = close(part, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes all parts because of {@code failure}, to which further failures are attached. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static @Nullable RuntimeException close(AutoCloseable part, @Nullable RuntimeException earlier) {
        try {
            part.close();
            return earlier;
        } catch (Exception e) {
            if (earlier != null) {
                earlier.addSuppressed(e);
                return earlier;
            }
            return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }
}
