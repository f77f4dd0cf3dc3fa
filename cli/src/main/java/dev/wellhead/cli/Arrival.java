package dev.wellhead.cli;

import dev.wellhead.internal.open.Inspection;
import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.internal.resolve.SettingsResolver;
import dev.wellhead.internal.sources.SettingsRequest;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A database that is waited for: a login first, then what else is asked of it. */
final class Arrival implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_TRY = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofMillis(1500);

    private final Inspection inspection;
    private final @Nullable String query;
    private String lastFailure = "It was not tried.";
    private String brief = "";

    private Arrival(Inspection inspection, @Nullable String query) {
        this.inspection = inspection;
        this.query = query;
    }

    /** @throws dev.wellhead.settings.ConfigurationException when it cannot be opened however long one waits */
    static Arrival of(SettingsRequest request, boolean primary, @Nullable String query) {
        SettingsRequest asked =
                primary ? request.with(Settings.TARGET_SERVER_TYPE, TargetServerType.PRIMARY.value()) : request;
        return new Arrival(Inspection.of(SettingsResolver.resolve(asked)), query);
    }

    /** {@return whether it came within {@code timeout}} */
    boolean await(Duration timeout, Progress progress) throws InterruptedException {
        long begin = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        long end = begin + timeout.toNanos();
        while (true) {
            if (isThere(end)) {
                return true;
            }
            long waited = (System.nanoTime() - begin) / 1_000_000_000L;
            progress.say("Waiting, " + waited + " s of " + timeout.toSeconds() + " s: " + brief);
            Duration left = timeout.minusNanos(System.nanoTime() - begin);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            Thread.sleep((pause.compareTo(left) < 0 ? pause : left).toMillis() + 1);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    String lastFailure() {
        return lastFailure;
    }

    /** {@return what is left until {@code end}, in equal parts} Even a try that is late has a moment. */
    private static Duration left(long end, int parts) {
        Duration left = Duration.ofNanos((end - System.nanoTime()) / parts);
        return left.compareTo(SHORTEST_TRY) < 0 ? SHORTEST_TRY : left;
    }

    private boolean isThere(long end) {
        try {
            inspection.credentials(left(end, 1));
        } catch (CredentialsException e) {
            failed(String.valueOf(e.getMessage()), String.valueOf(e.getMessage()));
            return false;
        }
        DatabaseSettings settings = inspection.settings();
        int untried = settings.hosts().size();
        for (HostAndPort server : settings.hosts()) {
            // one that never answers leaves the others their part
            Duration budget = left(end, untried--);
            try (Connection connection = inspection.connect(server, budget, new ConnectSteps() {})) {
                if (query == null || holds(connection, query, end)) {
                    return true;
                }
                failed("The query does not hold yet.", "the query does not hold yet");
            } catch (ConnectionFailedException e) {
                if (e.kind() == FailureKind.TIMED_OUT && !brief.isEmpty() && isCutShort(budget, settings)) {
                    // it had less time than it may take: what the one before met says more
                    continue;
                }
                String message = String.valueOf(e.getMessage());
                failed(
                        message,
                        e.failures().isEmpty() ? message : brief(e.failures().get(0)));
            } catch (SQLException e) {
                if (isTimeUp(e, end)) {
                    failed("The query did not answer in time.", "the query does not answer");
                } else {
                    failed("The query failed: " + e.getMessage(), "the query fails: SQLSTATE " + e.getSQLState());
                }
            }
        }
        return false;
    }

    private static String brief(ServerFailure failure) {
        return failure.server() + ": " + failure.reason();
    }

    private static boolean isCutShort(Duration budget, DatabaseSettings settings) {
        return budget.compareTo(settings.get(Settings.CONNECT_TIMEOUT)) < 0;
    }

    /** Cancelled, or left alone at the end of the time. */
    private static boolean isTimeUp(SQLException e, long end) {
        String state = String.valueOf(e.getSQLState());
        return state.equals("57014") || (state.startsWith("08") && end - System.nanoTime() <= 0);
    }

    private void failed(String message, String shortly) {
        lastFailure = message;
        brief = shortly;
    }

    /** The server is asked to cancel when the time is up, in whole seconds; one that does not answer that either is left shortly after. */
    private static boolean holds(Connection connection, String sql, long end) throws SQLException {
        long millis = left(end, 1).toMillis();
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, millis + GRACE.toMillis()));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, (millis + 999) / 1000));
            try (ResultSet result = statement.executeQuery(sql)) {
                if (!result.next()) {
                    return false;
                }
                String first = result.getString(1);
                return first != null && !first.equals("f") && !first.equals("0");
            }
        }
    }

    @Override
    public void close() {
        inspection.close();
    }
}
