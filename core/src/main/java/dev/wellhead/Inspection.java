package dev.wellhead;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.credentials.ServerLocation;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectSteps;
import dev.wellhead.spi.DatabaseListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database in single steps, for a person who looks for a fault: what a service does at once and in the
 * background, one thing at a time, each with its result. The command line is made of it. There is no pool. Not
 * thread-safe; whoever opened it closes it.
 *
 * <pre>{@code
 * try (Inspection inspection = Inspection.of(settings)) {
 *     inspection.credentials(Duration.ofSeconds(10));
 *     for (HostAndPort server : inspection.settings().hosts()) {
 *         inspection.connect(server, Duration.ofSeconds(10), steps).close();
 *     }
 * }
 * }</pre>
 */
public final class Inspection implements AutoCloseable {

    private final CredentialsProvider credentials;
    private DatabaseSettings settings;
    private @Nullable Connector connector;

    private Inspection(DatabaseSettings settings, CredentialsProvider credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /**
     * {@return an inspection of the database of these settings} Touches no network yet.
     *
     * @throws dev.wellhead.settings.ConfigurationException when nothing on the class path serves its credentials
     */
    public static Inspection of(DatabaseSettings settings) {
        return new Inspection(settings, CredentialsChoice.of(settings));
    }

    /**
     * {@return what HikariCP is given for {@code settings}, by its own names} Durations are in milliseconds. Nothing
     * sensitive is in it.
     *
     * @throws dev.wellhead.settings.ConfigurationException when no pool can be made of them
     */
    public static Map<String, String> poolProperties(DatabaseSettings settings) {
        return ConnectionPool.properties(settings);
    }

    /**
     * {@return what pgjdbc is given for a physical connection, by its own names} Nothing sensitive is in it: the password
     * travels another way. What Wellhead does itself (name resolution, deadlines, the verification of the server) is off
     * in the driver.
     */
    public static Map<String, String> driverProperties(DatabaseSettings settings) {
        return Connector.driverProperties(settings);
    }

    /** {@return the settings, once {@link #credentials} answered completed by what a secret says of the server} */
    public DatabaseSettings settings() {
        return settings;
    }

    /** {@return where the credentials come from, for people} */
    public String credentialsDescription() {
        return credentials.description();
    }

    /**
     * {@return what there is to log in with now}
     *
     * @param budget the longest it may take
     * @throws CredentialsException when there is none
     * @throws dev.wellhead.settings.ConfigurationException when what the secret says of the server cannot be opened
     */
    public CredentialsSet credentials(Duration budget) throws CredentialsException {
        HostAndPort first = settings.hosts().isEmpty()
                ? new HostAndPort("", 0)
                : settings.hosts().get(0);
        CredentialsSet set = credentials.current(new LoginTarget(first.host(), first.port()), budget);
        ServerLocation location = set.location().orElse(null);
        boolean open = settings.hosts().isEmpty() || settings.databaseName().isEmpty();
        if (connector == null && (location != null || open)) {
            settings = settings.completedBy(
                    location == null ? new ServerLocation(null, null, null, null) : location,
                    credentials.description());
        }
        return set;
    }

    /**
     * {@return a physical connection to one server, opened as the pool opens one; the caller closes it}
     *
     * @param server one of {@link #settings()}'s own
     * @param budget the longest it may take; never longer than nine tenths of connectionTimeout
     * @param steps told how far it comes
     * @throws dev.wellhead.spi.ConnectionFailedException with the class of failure
     */
    public Connection connect(HostAndPort server, Duration budget, ConnectSteps steps) throws SQLException {
        if (connector == null) {
            connector = new Connector(settings, credentials, new Nobody());
        }
        return connector.open(server, budget, steps);
    }

    /** Closes what holds the credentials; connections that were opened stay open. */
    @Override
    public void close() {
        credentials.close();
    }

    /** Where nobody listens. */
    private static final class Nobody implements DatabaseListener {}
}
