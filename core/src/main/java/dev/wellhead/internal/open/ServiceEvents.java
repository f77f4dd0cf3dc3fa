package dev.wellhead.internal.open;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.internal.metrics.ServerAttributes;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.PoolStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Notifies the listeners on the class path of the logins of a service whose client is not a pool of Wellhead. Each login
 * on a connection is an event, also a second one on the same connection. Thread-safe.
 */
public final class ServiceEvents implements PoolStats, AutoCloseable {

    private final DatabaseSettings settings;
    private final Listeners listeners;
    private final boolean isNoticed;
    private final String tls;

    /**
     * @param settings with the server
     * @param isEncrypted whether connections use TLS; its version is not known
     */
    public ServiceEvents(DatabaseSettings settings, boolean isEncrypted) {
        this.settings = settings;
        List<DatabaseListener> found = new ListenerChoice(settings, List.of()).listeners();
        this.listeners = new Listeners(found);
        this.isNoticed = !found.isEmpty();
        this.tls = isEncrypted ? "unknown" : "none";
        listeners.poolOpening(this);
    }

    /** {@return the same credentials, whose refreshes are events} The caller closes {@code provider}. */
    public CredentialsProvider measured(CredentialsProvider provider) {
        return GuardedCredentials.of(provider, isNoticed ? listeners : null);
    }

    /** A connection has logged in. */
    public void opened(long generation) {
        listeners.connectionOpened(new Opened(name(), server().host(), server().port(), generation, tls));
    }

    /** A connection was closed, or has logged in with credentials of another generation. */
    public void closed(long generation) {
        listeners.connectionClosed(new Closed(name(), server().host(), server().port(), generation, tls));
    }

    /** The server has accepted new credentials. */
    public void proven(long generation, String label, int connections) {
        listeners.rotationProven(new Proven(name(), generation, label, connections));
    }

    private HostAndPort server() {
        return settings.hosts().get(0);
    }

    @Override
    public String name() {
        return ServerAttributes.poolName(settings);
    }

    @Override
    public boolean isReader() {
        return false;
    }

    @Override
    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public int idle() {
        return 0;
    }

    @Override
    public int used() {
        return 0;
    }

    @Override
    public int pending() {
        return 0;
    }

    @Override
    public int maximumPoolSize() {
        return 0;
    }

    @Override
    public int minimumIdle() {
        return 0;
    }

    /** The service was closed. There are no further events. */
    @Override
    public void close() {
        listeners.close();
    }

    private record Opened(String pool, String host, int port, long generation, String tls)
            implements DatabaseListener.ConnectionOpened {

        @Override
        public Duration duration() {
            return Duration.ZERO;
        }

        @Override
        public Optional<Instant> certificateExpiry() {
            return Optional.empty();
        }
    }

    private record Closed(String pool, String host, int port, long generation, String tls)
            implements DatabaseListener.ConnectionClosed {}

    private record Proven(String pool, long generation, String label, int retiring)
            implements DatabaseListener.RotationProven {}
}
