package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.spi.ConnectionFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks within a bounded time whether the database answers. An orchestrator sends a probe every few seconds, so a probe
 * must not wait for {@code connectionTimeout} or occupy a thread of its own: concurrent probes share one check.
 */
final class Readiness {

    private final Connections connections;
    private final Executor executor;
    private final Duration limit;
    private @Nullable CompletableFuture<Optional<String>> current;

    Readiness(Connections connections, Executor executor, Duration limit) {
        this.connections = connections;
        this.executor = executor;
        this.limit = limit;
    }

    /** {@return why the database cannot be used now, or empty if it can} */
    Optional<String> unavailability() {
        try {
            return shared().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the database has not answered within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Optional.of("the check itself failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the service is stopping");
        }
    }

    private synchronized CompletableFuture<Optional<String>> shared() {
        if (current == null || current.isDone()) {
            current = CompletableFuture.supplyAsync(this::check, executor);
        }
        return current;
    }

    private Optional<String> check() {
        try (Connection connection = connections.acquire()) {
            return connection.isValid((int) Math.max(1, limit.toSeconds()))
                    ? Optional.empty()
                    : Optional.of("the database does not answer");
        } catch (SQLException e) {
            return Optional.of(reason(e));
        }
    }

    /** Only the kind of failure, because everyone who can reach the port can read the answer of a probe. */
    static String reason(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionFailedException connection) {
                return "no connection: " + connection.kind().value();
            }
        }
        return "no connection: SQLSTATE " + failure.getSQLState();
    }
}
