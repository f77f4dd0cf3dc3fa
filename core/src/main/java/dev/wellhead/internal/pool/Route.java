package dev.wellhead.internal.pool;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.settings.ConfigurationException;
import dev.wellhead.settings.CredentialsSource;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The way to the server: the settings, completed by what the secret says about the server, and the connector for them.
 * When the secret says something else later, new connections go there. Thread-safe.
 */
public final class Route {

    /** SQLSTATE class 28: invalid authorization specification. */
    public static final String NO_CREDENTIALS = "28000";

    private static final Duration NO_TIME = Duration.ofMillis(1);

    private final DatabaseSettings base;
    private final boolean reader;
    private final CredentialsProvider credentials;
    private final DatabaseListener listener;
    private final boolean mayMove;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Leg leg;

    private record Leg(@Nullable ServerLocation location, DatabaseSettings settings, Connector connector) {}

    /** @param reader whether this is the way to the replicas */
    public Route(DatabaseSettings base, boolean reader, CredentialsProvider credentials, DatabaseListener listener) {
        this.base = base;
        this.reader = reader;
        this.credentials = credentials;
        this.listener = listener;
        CredentialsSource source = base.credentialsSource();
        this.mayMove = source instanceof CredentialsSource.Secret || source instanceof CredentialsSource.Supplied;
    }

    /** {@return a new connection to where the server is now} The budget covers the credentials source as well. */
    public Connection open(Duration budget) throws SQLException {
        long begin = System.nanoTime();
        return leg(budget).connector.open(rest(budget, begin));
    }

    /** {@return as {@link #open}, but with the newest credentials alone} */
    public Connection prove(Duration budget) throws SQLException {
        long begin = System.nanoTime();
        return leg(budget).connector.prove(rest(budget, begin));
    }

    /** {@return whether the server has chosen another candidate of {@code set} than its first} */
    public boolean isPassedOver(CredentialsSet set) {
        Leg current = leg;
        return current != null && current.connector.isPassedOver(set);
    }

    private static Duration rest(Duration budget, long begin) {
        Duration rest = budget.minusNanos(System.nanoTime() - begin);
        // an attempt without any time left says where it was spent
        return rest.isNegative() || rest.isZero() ? NO_TIME : rest;
    }

    /** {@return the settings as last completed} */
    public DatabaseSettings settings(Duration budget) throws SQLException {
        Leg current = leg;
        return (current == null ? leg(budget) : current).settings;
    }

    /** {@return the server a login is for, as far as it is known} The host is empty where only a secret can say. */
    public LoginTarget target() {
        Leg current = leg;
        DatabaseSettings known = current == null ? base : current.settings;
        HostAndPort first =
                known.hosts().isEmpty() ? new HostAndPort("", 0) : known.hosts().get(0);
        return new LoginTarget(first.host(), first.port());
    }

    private Leg leg(Duration budget) throws SQLException {
        Leg current = leg;
        if (current != null && !mayMove) {
            return current;
        }
        ServerLocation location = null;
        if (mayMove) {
            try {
                location = credentials.current(target(), budget).location().orElse(null);
            } catch (CredentialsException e) {
                if (current != null) {
                    return current;
                }
                throw new ConnectionFailedException(
                        String.valueOf(e.getMessage()), NO_CREDENTIALS, FailureKind.CREDENTIALS_UNAVAILABLE, e);
            }
        }
        return current != null && Objects.equals(location, current.location) ? current : move(location);
    }

    private Leg move(@Nullable ServerLocation location) {
        lock.lock();
        try {
            Leg current = leg;
            if (current != null && Objects.equals(location, current.location)) {
                return current;
            }
            Leg moved = plan(location, current);
            leg = moved;
            return moved;
        } finally {
            lock.unlock();
        }
    }

    private Leg plan(@Nullable ServerLocation location, @Nullable Leg current) {
        try {
            DatabaseSettings settings = base;
            if (location != null) {
                settings = base.completedBy(location, credentials.description());
            } else if (base.hosts().isEmpty() || base.databaseName().isEmpty()) {
                // says what is missing
                settings = base.completedBy(
                        new ServerLocation(null, null, null, null), credentials.description());
            }
            if (reader) {
                settings = settings.forReader();
            }
            return new Leg(location, settings, new Connector(settings, credentials, listener));
        } catch (ConfigurationException e) {
            if (current == null) {
                throw e;
            }
            LoggerFactory.getLogger(ConnectionPool.class)
                    .warn(
                            "Database '{}': where {} now says the server is cannot be used, new connections go on to"
                                    + " where it was. {}",
                            base.name(),
                            credentials.description(),
                            e.getMessage());
            return new Leg(location, current.settings, current.connector);
        }
    }
}
