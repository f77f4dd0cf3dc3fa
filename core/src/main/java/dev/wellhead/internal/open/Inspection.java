package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsException;
import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.credentials.CredentialsSet;
import dev.wellhead.credentials.LoginTarget;
import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.driver.ReplicationLag;
import dev.wellhead.internal.connect.login.LoginMemory;
import dev.wellhead.internal.pool.ConnectionPool;
import dev.wellhead.internal.resolve.SettingsCompletion;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.ConnectSteps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Performs the steps of opening a database one at a time, so that the command line can show the result of each. There is
 * no pool. Except for {@link #connect}, not thread-safe; the caller closes it.
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
     * {@return an inspection of the database of these settings} Does not use the network yet.
     *
     * @throws dev.wellhead.settings.ConfigurationException if nothing on the class path supplies its credentials
     */
    public static Inspection of(DatabaseSettings settings) {
        return new Inspection(settings, CredentialsChoice.of(settings));
    }

    /**
     * {@return HikariCP's configuration for {@code settings}, by HikariCP's names} Durations are in milliseconds; nothing
     * is sensitive.
     *
     * @throws dev.wellhead.settings.ConfigurationException if HikariCP cannot be configured with them
     */
    public static Map<String, String> poolProperties(DatabaseSettings settings) {
        return ConnectionPool.properties(settings);
    }

    /**
     * {@return pgjdbc's properties for a physical connection, by pgjdbc's names} Nothing is sensitive: the password is
     * passed in another way. Features that Wellhead replaces (name resolution, deadlines, verification of the server) are
     * switched off in the driver.
     */
    public static Map<String, String> driverProperties(DatabaseSettings settings) {
        return Connector.driverProperties(settings);
    }

    /** {@return the settings; after {@link #credentials}, completed by the server that a secret names} */
    public DatabaseSettings settings() {
        return settings;
    }

    /** {@return the description of the credentials provider} */
    public String credentialsDescription() {
        return credentials.description();
    }

    /**
     * {@return the current credentials}
     *
     * @param budget the longest time to wait for them
     * @throws CredentialsException if there are none
     * @throws dev.wellhead.settings.ConfigurationException if the server that the secret names cannot be used
     */
    public CredentialsSet credentials(Duration budget) throws CredentialsException {
        HostAndPort first = settings.hosts().isEmpty()
                ? new HostAndPort("", 0)
                : settings.hosts().get(0);
        CredentialsSet set = credentials.current(new LoginTarget(first.host(), first.port()), budget);
        if (connector == null) {
            settings = SettingsCompletion.complete(settings, set.location().orElse(null), credentials.description());
        }
        return set;
    }

    /**
     * {@return a physical connection to one server, opened as the pool opens its connections; the caller closes it}
     * Several threads can connect at the same time, after {@link #credentials}.
     *
     * @param server one of the hosts of {@link #settings()}
     * @param budget the longest time to connect; limited to nine tenths of connectionTimeout
     * @param steps notified of each step
     * @throws dev.wellhead.spi.ConnectionFailedException if it does not connect
     */
    public Connection connect(HostAndPort server, Duration budget, ConnectSteps steps) throws SQLException {
        return connector().open(server, budget, steps);
    }

    private synchronized Connector connector() {
        if (connector == null) {
            connector = new Connector(settings, credentials, new LoginMemory(), new NoListener());
        }
        return connector;
    }

    /** {@return how far a standby is behind; zero on a primary; null if it is unknown} */
    public static @Nullable Duration replicationLag(Connection connection) throws SQLException {
        return ReplicationLag.of(connection);
    }

    /** Closes the credentials provider. Connections that were opened stay open. */
    @Override
    public void close() {
        credentials.close();
    }
}
