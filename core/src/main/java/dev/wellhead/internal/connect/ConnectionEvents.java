package dev.wellhead.internal.connect;

import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.spi.ServerFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Notifies the listener of a database of what happens to the physical connections of one pool. Thread-safe. */
final class ConnectionEvents implements PhysicalConnection.CloseListener {

    private final String pool;
    private final DatabaseListener listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    ConnectionEvents(String pool, DatabaseListener listener) {
        this.pool = pool;
        this.listener = listener;
    }

    void opened(PhysicalConnection connection, long generation, Duration duration) {
        connection.announce(generation, this);
        HostAndPort server = connection.server();
        try {
            listener.connectionOpened(new Opened(
                    pool,
                    server.host(),
                    server.port(),
                    duration,
                    generation,
                    connection.tls(),
                    connection.certificateExpiry()));
        } catch (RuntimeException broken) {
            warn(broken);
        }
    }

    void failed(ServerFailure failure, Duration duration) {
        HostAndPort server = failure.server();
        try {
            listener.connectionFailed(
                    new Failed(pool, server.host(), server.port(), duration, failure.kind(), failure.sqlState()));
        } catch (RuntimeException broken) {
            warn(broken);
        }
    }

    @Override
    public void closed(PhysicalConnection connection) {
        HostAndPort server = connection.server();
        try {
            listener.connectionClosed(
                    new Closed(pool, server.host(), server.port(), connection.generation(), connection.tls()));
        } catch (RuntimeException broken) {
            warn(broken);
        }
    }

    private void warn(RuntimeException broken) {
        if (warned.compareAndSet(false, true)) {
            LoggerFactory.getLogger(ConnectionEvents.class)
                    .warn("A listener failed. It will be called again, and later failures are not logged.", broken);
        }
    }

    private record Opened(
            String pool,
            String host,
            int port,
            Duration duration,
            long generation,
            String tls,
            @Nullable Instant notAfter)
            implements ConnectionOpened {

        @Override
        public Optional<Instant> certificateExpiry() {
            return Optional.ofNullable(notAfter);
        }
    }

    private record Failed(String pool, String host, int port, Duration duration, FailureKind failure, String sqlState)
            implements ConnectionFailed {}

    private record Closed(String pool, String host, int port, long generation, String tls)
            implements ConnectionClosed {}
}
