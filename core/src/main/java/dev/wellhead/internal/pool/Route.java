package dev.wellhead.internal.pool;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.ReaderRule;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.pool.rotation.FollowedCredentials;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens the physical connections of one pool. The server may be named by the secret that holds the credentials: if the
 * secret names another one later, new connections go there. Thread-safe.
 */
final class Route implements FirstConnection.Attempt, FollowedCredentials {

    private static final Duration NO_TIME = Duration.ofMillis(1);

    /** SQLSTATE class 28: invalid authorization specification. */
    private static final String NO_CREDENTIALS = "28000";

    private final DatabaseSettings base;
    private final boolean reader;
    private final CredentialsProvider credentials;
    private final DatabaseListener listener;
    private final Duration budget;
    private final boolean mayMove;
    private final LoginMemory memory = new LoginMemory();
    private final List<String> loggedWarnings = new ArrayList<>(0);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Server server;
    private volatile ReaderRule rule = ReaderRule.NONE;

    /** @param location as the credentials named it; null if they do not */
    private record Server(@Nullable ServerLocation location, DatabaseSettings settings, Connector connector) {}

    /**
     * @param base the settings without the server that the credentials name
     * @param reader whether to connect to the replicas
     */
    Route(DatabaseSettings base, boolean reader, CredentialsProvider credentials, DatabaseListener listener) {
        this.base = base;
        this.reader = reader;
        this.credentials = credentials;
        this.listener = listener;
        this.budget = Deadline.attemptBudget(base.get(Settings.CONNECTION_TIMEOUT));
        CredentialsSource source = base.credentialsSource();
        this.mayMove = source instanceof CredentialsSource.Secret || source instanceof CredentialsSource.Supplied;
    }

    /** {@return the beginning of a message: {@code "Database 'ledger'"}} */
    String subject() {
        return (reader ? "Reader of database '" : "Database '") + base.name() + "'";
    }

    /** {@return the longest time for one attempt: below connectionTimeout, so that its failure reaches the borrower} */
    Duration budget() {
        return budget;
    }

    /** {@return whether the source may get other credentials after a login was refused} */
    boolean credentialsCanChange() {
        return credentials.canChange();
    }

    /** {@return a new connection to the current server} The time for fetching credentials counts. */
    @Override
    public Connection open(Duration atMost) throws SQLException {
        return open(atMost, false);
    }

    /** {@return as {@link #open}, but only with the first candidate of the current credentials} */
    Connection openWithFirstCandidate(Duration atMost) throws SQLException {
        return open(atMost, true);
    }

    /** {@return whether there is only one server, and no limit for its lag} Then a reader has nothing to choose. */
    boolean isOnlyChoice() throws SQLException {
        return settings().hosts().size() + rule.fallback().size() == 1 && rule.maximumLag() == null;
    }

    /** {@return as {@link #open}, but to one of the current servers} */
    Connection open(HostAndPort host, Duration atMost) throws SQLException {
        return server(atMost).connector.open(host, atMost, new ConnectSteps() {});
    }

    private Connection open(Duration atMost, boolean onlyFirstCandidate) throws SQLException {
        long begin = System.nanoTime();
        Duration limit = atMost.compareTo(budget) < 0 ? atMost : budget;
        Connector connector = server(limit).connector;
        Duration spent = Duration.ofNanos(System.nanoTime() - begin);
        Duration rest = limit.minus(spent);
        // an attempt without time left reports where the time was spent
        Duration left = rest.isNegative() || rest.isZero() ? NO_TIME : rest;
        return onlyFirstCandidate ? connector.prove(left) : connector.open(left, spent);
    }

    /** {@return the settings, completed by the server that the last credentials named} */
    DatabaseSettings settings() throws SQLException {
        Server current = server;
        return (current == null ? server(budget) : current).settings;
    }

    @Override
    public CredentialsSet current(Duration atMost) throws SQLException {
        try {
            return credentials.current(target(), atMost);
        } catch (CredentialsException e) {
            throw unavailable(e);
        }
    }

    @Override
    public CredentialsSet fetchNow(Duration atMost) throws SQLException {
        try {
            return credentials.fetchNow(target(), atMost);
        } catch (CredentialsException e) {
            throw unavailable(e);
        }
    }

    @Override
    public LoginMemory memory() {
        return memory;
    }

    /** {@return the failure of a provider as a failure to connect, which the pool classifies} */
    private static ConnectionFailedException unavailable(CredentialsException e) {
        return new ConnectionFailedException(
                String.valueOf(e.getMessage()), NO_CREDENTIALS, FailureKind.CREDENTIALS_UNAVAILABLE, e);
    }

    /** {@return the server that a login is for} The host is empty if only the credentials can name it. */
    private LoginTarget target() {
        Server current = server;
        DatabaseSettings known = current == null ? base : current.settings;
        HostAndPort first =
                known.hosts().isEmpty() ? new HostAndPort("", 0) : known.hosts().get(0);
        return new LoginTarget(first.host(), first.port());
    }

    /**
     * {@return the server to connect to} If the credentials can name it, they are read each time. A provider that fails
     * later does not affect the known server.
     */
    private Server server(Duration atMost) throws SQLException {
        Server known = server;
        if (known != null && !mayMove) {
            return known;
        }
        ServerLocation location = null;
        if (mayMove) {
            try {
                location = current(atMost).location().orElse(null);
            } catch (SQLException e) {
                if (known == null) {
                    throw e;
                }
                return known;
            }
        }
        return known != null && Objects.equals(location, known.location) ? known : moveTo(location);
    }

    /** {@return the server at {@code location}; only one thread creates it} */
    private Server moveTo(@Nullable ServerLocation location) {
        lock.lock();
        try {
            Server known = server;
            if (known != null && Objects.equals(location, known.location)) {
                return known;
            }
            Server next = plan(location, known);
            server = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return a server at {@code location}} A location that cannot be used is logged once, and the known server is
     * kept.
     *
     * @throws ConfigurationException if the location cannot be used and no server is known
     */
    private Server plan(@Nullable ServerLocation location, @Nullable Server known) {
        try {
            DatabaseSettings settings = completed(location);
            if (reader) {
                rule = ReaderRule.of(settings);
                settings = SettingsCompletion.forReader(settings);
            }
            if (!reader && !settings.warnings().isEmpty()) {
                SettingsWarnings.log(settings, loggedWarnings);
            }
            return new Server(location, settings, new Connector(settings, rule, credentials, memory, listener));
        } catch (ConfigurationException e) {
            if (known == null) {
                throw e;
            }
            LoggerFactory.getLogger(Route.class)
                    .warn(
                            "{}: the server that {} names now cannot be used. New connections still go to the previous"
                                    + " one. {}",
                            subject(),
                            credentials.description(),
                            e.getMessage());
            return new Server(location, known.settings, known.connector);
        }
    }

    private DatabaseSettings completed(@Nullable ServerLocation location) {
        // other sources of credentials name no server, so the settings are complete
        return location == null && !mayMove
                ? base
                : SettingsCompletion.complete(base, location, credentials.description());
    }
}
