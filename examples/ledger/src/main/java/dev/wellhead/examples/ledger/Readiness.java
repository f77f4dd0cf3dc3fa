package dev.wellhead.examples.ledger;

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
 * Whether the database answers, within a bounded time. A probe comes every few seconds and must not wait for as long as
 * {@code connectionTimeout}, nor may each probe hold a thread of its own: all that come while one looks share its look.
 */
final class Readiness {

    private final Connections connections;
    private final Executor executor;
    private final Duration longest;
    private @Nullable CompletableFuture<Optional<String>> look;

    Readiness(Connections connections, Executor executor, Duration longest) {
        this.connections = connections;
        this.executor = executor;
        this.longest = longest;
    }

    /** {@return why the database cannot be used now, or empty when it can} */
    Optional<String> reasonAgainst() {
        try {
            return shared().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the database has not answered within " + longest.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Optional.of("the check itself failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the service is stopping");
        }
    }

    private synchronized CompletableFuture<Optional<String>> shared() {
        if (look == null || look.isDone()) {
            look = CompletableFuture.supplyAsync(this::check, executor);
        }
        return look;
    }

    private Optional<String> check() {
        try (Connection connection = connections.acquire()) {
            return connection.isValid((int) Math.max(1, longest.toSeconds()))
                    ? Optional.empty()
                    : Optional.of("the database does not answer");
        } catch (SQLException e) {
            return Optional.of(reason(e));
        }
    }

    /** The class of failure and no more: a probe's answer is read by anyone who can reach the port. */
    static String reason(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionFailedException connection) {
                return "no connection: " + connection.kind().value();
            }
        }
        return "no connection: SQLSTATE " + failure.getSQLState();
    }
}
