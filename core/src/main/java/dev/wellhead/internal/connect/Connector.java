package dev.wellhead.internal.connect;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.internal.connect.driver.ConnectAttempt;
import dev.wellhead.internal.connect.driver.DriverProperties;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.SocketSetup;
import dev.wellhead.internal.connect.failure.Diagnosis;
import dev.wellhead.internal.connect.failure.FailureMessage;
import dev.wellhead.internal.connect.failure.ServerFailedException;
import dev.wellhead.internal.connect.login.CredentialsTime;
import dev.wellhead.internal.connect.login.LoginContext;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.connect.login.Logins;
import dev.wellhead.internal.connect.login.RefusalHoldOff;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.NameResolver;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.DatabaseListener;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/**
 * Opens authenticated physical connections. The deadline of each covers everything: name resolution, TCP, TLS,
 * authentication and the check of the server's role. Connections open on the calling thread. Thread-safe; there is
 * nothing to close.
 */
public final class Connector {

    private final ConnectSetup setup;

    /**
     * @param settings have at least one host and a database name
     * @param credentials supplies the logins; the caller closes it
     * @param memory of the logins that the server accepted
     * @param listener is notified of every attempt
     */
    public Connector(
            DatabaseSettings settings, CredentialsProvider credentials, LoginMemory memory, DatabaseListener listener) {
        this(settings, ReaderRule.NONE, credentials, memory, 0, listener);
    }

    /**
     * @param settings of a reader
     * @param reader which other servers it uses, and how far its standbys may be behind
     * @param place the number of the place, which is higher than those of the places before
     */
    public Connector(
            DatabaseSettings settings,
            ReaderRule reader,
            CredentialsProvider credentials,
            LoginMemory memory,
            long place,
            DatabaseListener listener) {
        this(
                settings,
                reader,
                new LoginContext(credentials, memory, new RefusalHoldOff(System::nanoTime, new Random()), place),
                listener,
                NameResolver.SYSTEM,
                new SilentServers(System::nanoTime, new Random()),
                new Random());
    }

    Connector(
            DatabaseSettings settings,
            ReaderRule reader,
            LoginContext context,
            DatabaseListener listener,
            NameResolver resolver,
            SilentServers silent,
            Random random) {
        if (settings.hosts().isEmpty()) {
            throw new IllegalArgumentException("The settings have no host yet.");
        }
        Diagnosis diagnosis = new Diagnosis(settings, context.provider().description());
        this.setup = new ConnectSetup(
                settings,
                SocketSetup.of(settings),
                new DriverProperties(settings),
                new Logins(context, diagnosis),
                diagnosis,
                new ConnectionEvents(settings.find(Settings.POOL_NAME).orElse(settings.name()), listener),
                resolver,
                silent,
                reader,
                random);
    }

    /**
     * {@return the properties that pgjdbc gets for the first attempt, by its own names} Nothing in them is sensitive.
     */
    public static Map<String, String> driverProperties(DatabaseSettings settings) {
        return DriverProperties.shown(settings);
    }

    /**
     * {@return a new physical connection} The candidate that the server accepted last is tried first.
     *
     * @param budget the longest that the search may take; it never takes longer than {@code Deadline.attemptBudget}
     * @throws dev.wellhead.spi.ConnectionFailedException with the failure of each server that was tried
     */
    public Connection open(Duration budget) throws SQLException {
        return open(budget, Duration.ZERO);
    }

    /**
     * {@return as {@link #open(Duration)}}
     *
     * @param spentOnCredentials the time that the caller has spent on getting the credentials, for the message if the
     *     time is up
     */
    public Connection open(Duration budget, Duration spentOnCredentials) throws SQLException {
        return new ConnectionSearch(setup, false, null, budget, spentOnCredentials).run();
    }

    /**
     * {@return a new physical connection that proves the newest credentials} Only the first candidate of the current
     * set is tried, although the login that was accepted last may still work. If the server accepts it, {@link #open}
     * tries it first from then on. If the server refuses it, the refusal is not remembered and no refresh is requested.
     *
     * @param budget as for {@link #open}
     * @throws dev.wellhead.spi.ConnectionFailedException with the failure of each server that was tried
     */
    public Connection prove(Duration budget) throws SQLException {
        return new ConnectionSearch(setup, true, null, budget, Duration.ZERO).run();
    }

    /**
     * {@return a new physical connection to one server} As {@link #open}.
     *
     * @param server one of the servers in the settings
     * @param budget as for {@link #open}
     * @param steps is notified of the progress
     * @throws dev.wellhead.spi.ConnectionFailedException with the failure
     */
    public Connection open(HostAndPort server, Duration budget, ConnectSteps steps) throws SQLException {
        return new ConnectionSearch(setup, false, steps, budget, Duration.ZERO).run(List.of(server), List.of());
    }

    /**
     * {@return a new connection to one address, whatever the role of the server is} The listener is notified only of a
     * failure. The caller closes the connection and does not give it to the application.
     *
     * @param address may be one that the host name does not resolve to any more
     * @param budget as for {@link #open}
     * @throws dev.wellhead.spi.ConnectionFailedException with the failure
     */
    public PhysicalConnection openAt(ServerAddress address, Duration budget) throws SQLException {
        try {
            Deadline deadline = Deadline.in(budget);
            CredentialsSet credentials = setup.logins().worthTrying(address.server(), deadline);
            CredentialsTime time = setup.logins().credentialsTime(setup.settings(), Duration.ZERO, budget);
            Logins.Limits limits = new Logins.Limits(false, deadline, deadline, budget, time);
            ServerLogin login = new ServerLogin(setup, address, budget, null).acceptingAnyRole();
            return setup.logins()
                    .open(address.server(), credentials, limits, login)
                    .connection();
        } catch (ServerFailedException failed) {
            throw FailureMessage.exception(List.of(failed.failure()));
        }
    }

    /**
     * {@return the addresses that new connections can have}
     *
     * @throws UnknownHostException if a name does not resolve within the budget
     */
    public List<ServerAddress> addresses(Duration budget) throws UnknownHostException {
        Deadline deadline = Deadline.in(budget);
        List<ServerAddress> all = new ArrayList<>();
        for (HostAndPort server : setup.settings().hosts()) {
            try {
                for (InetAddress address : setup.resolver().resolve(server.host(), deadline)) {
                    all.add(new ServerAddress(server, address));
                }
            } catch (TimeoutException late) {
                throw new UnknownHostException(server.host());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(server.host());
            }
        }
        return all;
    }

    /**
     * {@return the generation in which the login of {@code connection} was first accepted; -1 if the connection is not
     * one of ours} A later set with the same login keeps the number, so a higher number always means a different login.
     * The events of {@link DatabaseListener} have the same number.
     */
    public static long generationOf(Connection connection) {
        try {
            return connection.unwrap(PhysicalConnection.class).generation();
        } catch (SQLException notOurs) {
            return -1;
        }
    }

    /** Makes the attempt that {@code thread} is making fail soon. Has no effect if there is none. */
    public static void abort(Thread thread) {
        ConnectAttempt.abort(thread);
    }
}
