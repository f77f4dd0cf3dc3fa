package dev.wellhead.internal.connect;

import dev.wellhead.internal.connect.failure.Failure;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import dev.wellhead.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener of one database what happens to the physical connections of one pool. Thread-safe. */
public final class Events {

    private final String pool;
    private final DatabaseListener listener;
    private final AtomicBoolean complained = new AtomicBoolean();

    public Events(String pool, DatabaseListener listener) {
        this.pool = pool;
        this.listener = listener;
    }

    public void opened(PhysicalConnection connection, long generation, Duration duration) {
        connection.opened(new PhysicalConnection.Opened(generation, this));
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
            complain(broken);
        }
    }

    public void failed(Failure failure, Duration duration) {
        HostAndPort server = failure.server();
        try {
            listener.connectionFailed(
                    new Failed(pool, server.host(), server.port(), duration, failure.kind(), failure.sqlState()));
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    public void closed(PhysicalConnection connection) {
        HostAndPort server = connection.server();
        try {
            listener.connectionClosed(
                    new Closed(pool, server.host(), server.port(), connection.generation(), connection.tls()));
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    private void complain(RuntimeException broken) {
        if (complained.compareAndSet(false, true)) {
            Log.LOG.warn("A listener failed; it is called again, and this is not said again.", broken);
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

    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(Events.class);
    }
}
