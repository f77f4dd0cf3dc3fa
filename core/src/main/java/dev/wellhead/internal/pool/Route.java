package dev.wellhead.internal.pool;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.ReaderRule;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.failure.FailureMessage;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.connect.net.Deadline;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.recovery.FirstConnection;
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
import java.net.UnknownHostException;
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
 * secret names another one later, new connections go there after a real connection has proven it. Thread-safe.
 */
final class Route implements FirstConnection.Attempt, FollowedCredentials, PlaceSearch.Relocation {

    private static final Duration NO_TIME = Duration.ofMillis(1);

    /** A read of a secret takes about 30 ms. One that takes longer continues, and the next attempt uses it. */
    private static final Duration LONGEST_READ = Duration.ofMillis(250);

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
    private final Places places = new Places();
    private final PlaceReport report;
    private volatile @Nullable ServerLocation noted;
    private volatile boolean isNoted;
    private long lastNumber = -1;
    private volatile ReaderRule rule = ReaderRule.NONE;

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
        this.mayMove = source.isSecret() || source instanceof CredentialsSource.Supplied;
        this.report = new PlaceReport(subject(), credentials.description());
    }

    /** Does not log these warnings, because they were logged before. Called before the first connection. */
    void omitWarnings(List<String> logged) {
        loggedWarnings.addAll(logged);
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

    /** {@return a new connection to one address, which the caller closes} The application does not use it. */
    PhysicalConnection openAt(ServerAddress address, Duration atMost) throws SQLException {
        return place(atMost).connector().openAt(address, atMost);
    }

    /** {@return the addresses that new connections can have} */
    List<ServerAddress> addresses(Duration atMost) throws SQLException, UnknownHostException {
        return place(atMost).connector().addresses(atMost);
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
        return place(atMost).connector().open(host, atMost, new ConnectSteps() {});
    }

    private Connection open(Duration atMost, boolean onlyFirstCandidate) throws SQLException {
        long begin = System.nanoTime();
        Duration limit = atMost.compareTo(budget) < 0 ? atMost : budget;
        place(limit);
        Duration spent = Duration.ofNanos(System.nanoTime() - begin);
        Duration rest = limit.minus(spent);
        // an attempt without time left reports where the time was spent
        Deadline whole = Deadline.in(rest.isNegative() || rest.isZero() ? NO_TIME : rest);
        return new PlaceSearch(places, mayMove ? this : null, report, whole).open(onlyFirstCandidate, spent);
    }

    /** Reads the source again because the place that it names is not available. */
    @Override
    public void relocate(Duration atMost) throws SQLException {
        try {
            CredentialsSet known = credentials.current(target(), atMost);
            Duration within = atMost.compareTo(LONGEST_READ) < 0 ? atMost : LONGEST_READ;
            note(credentials.relocate(known, target(), within).location().orElse(null));
        } catch (CredentialsException e) {
            throw unavailable(e);
        }
    }

    /** {@return the settings, completed by the server that is in use} */
    DatabaseSettings settings() throws SQLException {
        Place current = places.current();
        return (current == null ? place(budget) : current).settings();
    }

    @Override
    public boolean needsProof(CredentialsSet set) {
        if (mayMove) {
            note(set.location().orElse(null));
        }
        return memory.needsProof(set) || isMoving();
    }

    /** {@return whether the place that the source names is not proven yet, while another one is in use} */
    private boolean isMoving() {
        return places.announced() != null && places.proven() != null;
    }

    @Override
    public long placeNumber() {
        Place announced = places.announced();
        return announced == null ? 0 : announced.number();
    }

    @Override
    public void followPlace() {
        if (mayMove && places.areInDoubt()) {
            try {
                relocate(NO_TIME);
            } catch (SQLException e) {
                LoggerFactory.getLogger(Route.class)
                        .debug("{}: {} could not be read again.", subject(), credentials.description(), e);
            }
        }
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
                FailureMessage.of(e), NO_CREDENTIALS, FailureKind.CREDENTIALS_UNAVAILABLE, e);
    }

    /** {@return the server that a login is for} The host is empty if only the credentials can name it. */
    private LoginTarget target() {
        Place current = places.current();
        DatabaseSettings known = current == null ? base : current.settings();
        HostAndPort first =
                known.hosts().isEmpty() ? new HostAndPort("", 0) : known.hosts().get(0);
        return new LoginTarget(first.host(), first.port());
    }

    /**
     * {@return the place in use} If the credentials can name it, they are read each time. A provider that fails later does not
     * affect the known place.
     */
    private Place place(Duration atMost) throws SQLException {
        Place known = places.current();
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
        note(location);
        return Objects.requireNonNull(places.current(), "a place was announced");
    }

    /** Announces the place at {@code location} if it is another one than the place in use. */
    private void note(@Nullable ServerLocation location) {
        if (isCurrent(location)) {
            return;
        }
        lock.lock();
        try {
            if (!isCurrent(location)) {
                announce(location);
                noted = location;
                isNoted = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether {@code location} was announced last, and still has to be} */
    private boolean isCurrent(@Nullable ServerLocation location) {
        return isNoted && Objects.equals(location, noted) && !places.isProvenWithdrawn();
    }

    /**
     * Announces a place. A location that cannot be used is logged once, and the known place is kept.
     *
     * @throws ConfigurationException if the location cannot be used and no place is known
     */
    private void announce(@Nullable ServerLocation location) {
        Place proven = places.proven();
        try {
            Place next = plan(location, proven);
            if (proven != null && next.number() == proven.number()) {
                places.renew(next);
            } else {
                places.announce(next);
                report.announced(proven, next);
            }
        } catch (ConfigurationException e) {
            if (places.current() == null) {
                throw e;
            }
            places.announce(proven == null ? places.announced() : null);
            report.unusable(e);
        }
    }

    /** {@return the place at {@code location}} It keeps the number and the connector of {@code proven} if it is the same. */
    private Place plan(@Nullable ServerLocation location, @Nullable Place proven) {
        DatabaseSettings settings = completed(location);
        ReaderRule itsRule = ReaderRule.NONE;
        if (reader) {
            itsRule = ReaderRule.of(settings);
            rule = itsRule;
            settings = SettingsCompletion.forReader(settings);
        }
        if (proven != null && proven.isSameAs(settings)) {
            return new Place(proven.number(), location, proven.settings(), proven.connector());
        }
        if (!reader && !settings.warnings().isEmpty()) {
            SettingsWarnings.log(settings, loggedWarnings);
        }
        long number = ++lastNumber;
        return new Place(
                number, location, settings, new Connector(settings, itsRule, credentials, memory, number, listener));
    }

    private DatabaseSettings completed(@Nullable ServerLocation location) {
        // other sources of credentials name no server, so the settings are complete
        return location == null && !mayMove
                ? base
                : SettingsCompletion.complete(base, location, credentials.description());
    }
}
