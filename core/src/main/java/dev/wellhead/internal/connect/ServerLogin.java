package dev.wellhead.internal.connect;

import dev.wellhead.credentials.Credentials;
import dev.wellhead.internal.connect.driver.ConnectAttempt;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.ReplicationLag;
import dev.wellhead.internal.connect.driver.ServerRole;
import dev.wellhead.internal.connect.driver.TlsNegotiation;
import dev.wellhead.internal.connect.failure.EchoedPassword;
import dev.wellhead.internal.connect.failure.ServerFailedException;
import dev.wellhead.internal.connect.login.Candidate;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.settings.TargetServerType;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to one address, with one or two attempts for each candidate: the SSL modes {@code allow} and {@code prefer}
 * may need a second one with or without TLS. This is a class because a lambda would slow down the first connection of a
 * process.
 */
final class ServerLogin implements Logins.Connect {

    private final ConnectSetup setup;
    private final DatabaseSettings settings;
    private final ServerAddress address;
    private final @Nullable ConnectSteps steps;
    private final Duration longestSilence;
    private boolean secondChoice;
    private boolean anyRole;

    /**
     * @param longestSilence the longest wait for the server until it requests a password
     * @param steps is notified of the progress; null if nothing needs it
     */
    ServerLogin(ConnectSetup setup, ServerAddress address, Duration longestSilence, @Nullable ConnectSteps steps) {
        this.setup = setup;
        this.settings = setup.settings();
        this.address = address;
        this.longestSilence = longestSilence;
        this.steps = steps;
    }

    /** Accepts a server of any role. {@return this} */
    ServerLogin acceptingAnyRole() {
        anyRole = true;
        return this;
    }

    /** Returns whether the server can be used, and another role is preferred. */
    boolean isSecondChoice() {
        return secondChoice;
    }

    @Override
    public PhysicalConnection with(Candidate candidate, Deadline deadline) throws ServerFailedException {
        ConnectAttempt attempt = attempt(candidate, deadline, TlsNegotiation.first(settings));
        try {
            return connect(attempt, candidate);
        } catch (ServerFailedException failed) {
            TlsNegotiation other = otherNegotiation(failed, attempt.isTlsStarted());
            if (other == null) {
                throw failed;
            }
            try {
                return connect(attempt(candidate, deadline, other), candidate);
            } catch (ServerFailedException again) {
                throw isOnlyAboutTls(again.failure().kind()) ? failed : again;
            }
        }
    }

    /** Returns the negotiation for the second attempt; null if there must be none. */
    private @Nullable TlsNegotiation otherNegotiation(ServerFailedException failed, boolean tlsStarted) {
        return switch (settings.sslMode()) {
            // poolers refuse a login without TLS with other codes
            case ALLOW ->
                failed.failure().sqlState().equals("28000") || failed.failure().kind() == FailureKind.NOT_ADMITTED
                        ? TlsNegotiation.REQUIRED
                        : null;
            // If the server offers no TLS or refuses the login over TLS, the driver itself continues without it.
            case PREFER -> tlsStarted && failed.isTlsFailure() ? TlsNegotiation.NONE : null;
            default -> null;
        };
    }

    /** The second attempt then failed only because of its negotiation, so the first failure is the useful one. */
    private static boolean isOnlyAboutTls(FailureKind kind) {
        return kind == FailureKind.TLS_NOT_SUPPORTED || kind == FailureKind.NOT_ADMITTED;
    }

    private ConnectAttempt attempt(Candidate candidate, Deadline deadline, TlsNegotiation negotiation) {
        return new ConnectAttempt(setup.sockets(), address, longestSilence, deadline, negotiation, candidate, steps);
    }

    private PhysicalConnection connect(ConnectAttempt attempt, Candidate candidate) throws ServerFailedException {
        long begin = System.nanoTime();
        PhysicalConnection connection = null;
        try {
            connection = PhysicalConnection.open(
                    attempt, setup.properties().forLogin(candidate.login().user(), attempt.negotiation()));
            ServerFailure unsuitable = anyRole ? null : unsuitable(connection);
            if (unsuitable != null) {
                throw failed(attempt, connection, unsuitable, begin);
            }
            attempt.finish();
            long millis = settings.get(Settings.SOCKET_TIMEOUT).toMillis();
            connection.setNetworkTimeout(null, (int) Math.min(millis, Integer.MAX_VALUE));
            // notices of the login are raw text of the server, and no statement of the application caused them
            connection.clearWarnings();
            return connection;
        } catch (SQLException | IOException | RuntimeException thrown) {
            Credentials login = candidate.login();
            EchoedPassword echoed = EchoedPassword.of(
                    attempt.passwordMethod(),
                    login.password(),
                    login.user(),
                    settings.databaseName(),
                    attempt.server().host());
            throw failed(attempt, connection, setup.diagnosis().of(attempt, login.user(), thrown, echoed), begin);
        } catch (LinkageError | StackOverflowError | AssertionError broken) {
            // A server must not be able to end the thread of the caller. An example is a missing class of the driver.
            throw failed(attempt, connection, setup.diagnosis().driverFailed(attempt, broken), begin);
        } catch (Error broken) {
            // For example a lack of memory. Neither the socket nor the credentials may remain on this thread.
            attempt.abandon();
            throw broken;
        }
    }

    /** Returns why the server must not be used, because of its role or its lag; null if it can be used. */
    private @Nullable ServerFailure unsuitable(PhysicalConnection connection) throws SQLException {
        HostAndPort server = address.server();
        TargetServerType target = settings.get(Settings.TARGET_SERVER_TYPE);
        String actual = target == TargetServerType.ANY ? null : ServerRole.mismatch(connection, target);
        // pgjdbc and Wellhead prefer a primary that accepts writes; libpq takes the first one
        secondChoice = actual == null
                ? target == TargetServerType.PRIMARY
                        && !settings.get(Settings.READ_ONLY)
                        && ServerRole.mismatch(connection, TargetServerType.READ_WRITE) != null
                : target == TargetServerType.PREFER_STANDBY;
        connection.startedAs(ServerRole.reported(connection), secondChoice);
        if (actual != null) {
            return secondChoice ? null : setup.diagnosis().wrongRole(server, actual);
        }
        Duration limit = setup.reader().maximumLag();
        String lag = limit == null ? null : ReplicationLag.excess(connection, limit);
        return lag == null || limit == null ? null : setup.diagnosis().lagging(server, lag, limit);
    }

    private ServerFailedException failed(
            ConnectAttempt attempt, @Nullable PhysicalConnection connection, ServerFailure failure, long begin) {
        if (connection != null) {
            connection.discard();
        }
        attempt.abandon();
        setup.events().failed(failure, Duration.ofNanos(System.nanoTime() - begin));
        return ServerFailedException.of(failure, attempt.isLoginAccepted());
    }
}
