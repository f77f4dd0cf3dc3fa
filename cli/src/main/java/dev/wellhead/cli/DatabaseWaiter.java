package dev.wellhead.cli;

import dev.wellhead.cli.output.ProgressLine;
import dev.wellhead.cli.verdict.Failure;
import dev.wellhead.cli.verdict.Outcome;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.open.Inspection;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.internal.text.SafeText;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tries to log in, and to run a query if there is one, until both succeed or the time is up. Each attempt tries every
 * server of the list once. The pause between attempts doubles from 0.1 s to 1 s, which is short enough for an entry
 * point and rare enough for a server that is starting. Not thread-safe.
 */
final class DatabaseWaiter implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** An attempt that starts late still gets this long. */
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(100);

    /** How long the server may take to answer a cancel request before the socket times out. */
    private static final Duration CANCEL_GRACE = Duration.ofMillis(1500);

    /**
     * SQLSTATE of a statement that was cancelled. Source: PostgreSQL documentation, appendix "PostgreSQL Error Codes".
     */
    private static final String QUERY_CANCELED = "57014";
    /** The class of SQLSTATEs of lost connections: the driver reports a socket that timed out in this way. */
    private static final String CONNECTION_EXCEPTION_CLASS = "08";

    private final Inspection inspection;
    private final @Nullable String query;
    private Failure failure = Failure.of("timed_out", Outcome.TIMED_OUT, "No attempt was made.", "");
    /** The message of the last failure; empty before the first one. */
    private String lastFailure = "";

    private DatabaseWaiter(Inspection inspection, @Nullable String query) {
        this.inspection = inspection;
        this.query = query;
    }

    /** @throws dev.wellhead.settings.ConfigurationException if the settings are invalid; waiting would not help */
    static DatabaseWaiter of(SettingsRequest request, boolean primary, @Nullable String query) {
        SettingsRequest effective =
                primary ? request.with(Settings.TARGET_SERVER_TYPE, TargetServerType.PRIMARY.value()) : request;
        return new DatabaseWaiter(Inspection.of(SettingsResolver.resolve(effective)), query);
    }

    /**
     * {@return whether the database was ready within {@code timeout}} Blocks; the last attempt can take up to 1.5 s
     * longer if the server does not answer a cancel request.
     *
     * @param timeout the longest time to wait
     * @param progress shows the last failure
     * @throws InterruptedException if the thread was interrupted between two attempts
     */
    boolean await(Duration timeout, ProgressLine progress) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + timeout.toNanos();
        Duration pause = FIRST_PAUSE;
        while (!isReady(end)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            progress.update("Waiting, " + waited.toSeconds() + "s of " + DurationConverter.format(timeout) + ": "
                    + failure.sentence());
            Duration left = timeout.minus(waited);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            Thread.sleep(shorter(pause, left).toMillis() + 1);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        return true;
    }

    /** {@return the last failure} */
    Failure failure() {
        return failure;
    }

    /** {@return the whole message of the last failure, with its origins and its fixes} */
    String lastFailure() {
        return lastFailure.isEmpty() ? failure.sentence() : lastFailure;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** {@return an equal part of the time until {@code end}} */
    private static Duration budget(long end, int parts) {
        Duration budget = Duration.ofNanos((end - System.nanoTime()) / parts);
        return budget.compareTo(SHORTEST_ATTEMPT) < 0 ? SHORTEST_ATTEMPT : budget;
    }

    /**
     * Makes one attempt on each server. The credentials are read each time, because the secret or the file can be
     * created later.
     */
    private boolean isReady(long end) {
        try {
            inspection.credentials(budget(end, 1));
        } catch (CredentialsException e) {
            failed(Failure.of(e), String.valueOf(e.getMessage()));
            return false;
        }
        int untried = inspection.settings().hosts().size();
        for (HostAndPort server : inspection.settings().hosts()) {
            // an unresponsive server must not use up the time of the others
            if (isReady(server, budget(end, untried--), end)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes one attempt on one server, and records why it failed.
     *
     * @param budget the longest time to connect
     * @param end when the time for everything is up, in nanoseconds of {@link System#nanoTime}
     */
    private boolean isReady(HostAndPort server, Duration budget, long end) {
        try (Connection connection = inspection.connect(server, budget, new ConnectSteps() {})) {
            if (query == null || isTrue(connection, query, end)) {
                return true;
            }
            failed("query_not_true", "The query has not returned a true value yet.");
        } catch (ConnectionFailedException e) {
            DatabaseSettings settings = inspection.settings();
            boolean shortened = budget.compareTo(settings.get(Settings.CONNECT_TIMEOUT)) < 0;
            if (e.kind() != FailureKind.TIMED_OUT || lastFailure.isEmpty() || !shortened) {
                failed(Failure.of(e), String.valueOf(e.getMessage()));
            }
            // else the attempt was cut short, and the failure before it is a better explanation
        } catch (SQLException e) {
            String state = SafeText.of(e.getSQLState());
            boolean timeUp = state.equals(QUERY_CANCELED)
                    || (state.startsWith(CONNECTION_EXCEPTION_CLASS) && end - System.nanoTime() <= 0);
            if (timeUp) {
                failed("query_timed_out", "The query did not finish in time.");
            } else {
                failed("query_failed", "The query failed: " + SafeText.of(e.getMessage()));
            }
        }
        return false;
    }

    private void failed(Failure newFailure, String message) {
        failure = newFailure;
        lastFailure = message;
    }

    /** Records that the database works, but the condition of the query is not met. */
    private void failed(String kind, String sentence) {
        failed(Failure.of(kind, Outcome.TIMED_OUT, sentence, ""), sentence);
    }

    /**
     * {@return whether the first column of the first row is true} When the time is up, the driver sends a
     * cancel request; if the server does not react, the socket times out shortly afterwards.
     */
    private static boolean isTrue(Connection connection, String sql, long end) throws SQLException {
        long millis = Math.min(budget(end, 1).toMillis(), Integer.MAX_VALUE - CANCEL_GRACE.toMillis());
        connection.setNetworkTimeout(Runnable::run, (int) (millis + CANCEL_GRACE.toMillis()));
        try (Statement statement = connection.createStatement()) {
            // JDBC counts whole seconds
            statement.setQueryTimeout((int) ((millis + 999) / 1000));
            try (ResultSet result = statement.executeQuery(sql)) {
                String first = result.next() ? result.getString(1) : null;
                return first != null && !first.equals("f") && !first.equals("0");
            }
        }
    }

    /** Closes the credentials provider. */
    @Override
    public void close() {
        inspection.close();
    }
}
