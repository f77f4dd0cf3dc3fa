package dev.wellhead.internal.pool.rotation;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets concurrent callers share one refresh: the first one runs it, and the others wait for its result. Thread-safe. */
final class SharedRefresh {

    /** SQLSTATE 57014: query canceled. */
    private static final String CANCELED = "57014";

    private final Callable<Boolean> refresh;
    private final AtomicReference<@Nullable FutureTask<Boolean>> running = new AtomicReference<>();

    /** @param refresh throws only {@link SQLException} and unchecked exceptions */
    SharedRefresh(Callable<Boolean> refresh) {
        this.refresh = refresh;
    }

    /** {@return the result of the refresh} An exception is that of the refresh, for every caller. */
    boolean run() throws SQLException {
        FutureTask<Boolean> own = new FutureTask<>(refresh);
        FutureTask<Boolean> other = running.compareAndExchange(null, own);
        if (other == null) {
            own.run();
            running.set(null);
        }
        try {
            return (other == null ? own : other).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the credentials were refreshed.", CANCELED, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static SQLException failure(@Nullable Throwable cause) {
        if (cause instanceof SQLException failed) {
            return failed;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
