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
public final class ServiceEvents implements AutoCloseable {

    private final String name;
    private final HostAndPort server;
    private final Listeners listeners;
    private final boolean isNoticed;
    private final String tls;

    /**
     * @param settings with the server
     * @param isEncrypted whether connections use TLS; its version is not known
     */
    public ServiceEvents(DatabaseSettings settings, boolean isEncrypted) {
        this.name = ServerAttributes.poolName(settings);
        this.server = settings.hosts().get(0);
        List<DatabaseListener> found = new ListenerChoice(settings, List.of()).listeners();
        this.listeners = new Listeners(found);
        this.isNoticed = !found.isEmpty();
        this.tls = isEncrypted ? "unknown" : "none";
        listeners.poolOpening(new NoPool(name, settings, false, 0, 0, 0, 0, 0));
    }

    /** {@return the same credentials, whose refreshes are events} The caller closes {@code provider}. */
    public CredentialsProvider measured(CredentialsProvider provider) {
        return GuardedCredentials.of(provider, isNoticed ? listeners : null);
    }

    /** A connection has logged in. */
    public void opened(long generation) {
        listeners.connectionOpened(new Login(name, server.host(), server.port(), generation, tls));
    }

    /** A connection was closed, or has logged in with credentials of another generation. */
    public void closed(long generation) {
        listeners.connectionClosed(new Login(name, server.host(), server.port(), generation, tls));
    }

    /** The server has accepted new credentials. */
    public void proven(long generation, String label, int connections) {
        listeners.rotationProven(new Proven(name, generation, label, connections));
    }

    /** The service was closed. There are no further events. */
    @Override
    public void close() {
        listeners.close();
    }

    /** A client without a pool. */
    record NoPool(
            String name,
            DatabaseSettings settings,
            boolean isReader,
            int idle,
            int used,
            int pending,
            int maximumPoolSize,
            int minimumIdle)
            implements PoolStats {}

    /** The begin or the end of a login on a connection. */
    private record Login(String pool, String host, int port, long generation, String tls)
            implements DatabaseListener.ConnectionOpened, DatabaseListener.ConnectionClosed {

        @Override
        public Duration duration() {
            return Duration.ZERO;
        }

        @Override
        public Optional<Instant> certificateExpiry() {
            return Optional.empty();
        }
    }

    private record Proven(String pool, long generation, String label, int retiring)
            implements DatabaseListener.RotationProven {}
}
