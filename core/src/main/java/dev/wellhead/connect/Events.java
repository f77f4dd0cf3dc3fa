package dev.wellhead.connect;

import dev.wellhead.settings.HostAndPort;
import dev.wellhead.spi.DatabaseListener;
import dev.wellhead.spi.DatabaseListener.ConnectionClosed;
import dev.wellhead.spi.DatabaseListener.ConnectionFailed;
import dev.wellhead.spi.DatabaseListener.ConnectionOpened;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener of one database what happens to its physical connections. Thread-safe. */
final class Events {

    private final DatabaseListener listener;
    private final AtomicBoolean complained = new AtomicBoolean();

    Events(DatabaseListener listener) {
        this.listener = listener;
    }

    void opened(PhysicalConnection connection, long generation, Duration duration) {
        connection.opened(new PhysicalConnection.Opened(generation, this));
        HostAndPort server = connection.server();
        try {
            listener.connectionOpened(
                    new ConnectionOpened(server.host(), server.port(), duration, generation, connection.tls()));
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    void failed(Failure failure, Duration duration) {
        HostAndPort server = failure.server();
        try {
            listener.connectionFailed(
                    new ConnectionFailed(server.host(), server.port(), duration, failure.kind(), failure.sqlState()));
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    void closed(PhysicalConnection connection) {
        HostAndPort server = connection.server();
        try {
            listener.connectionClosed(new ConnectionClosed(server.host(), server.port(), connection.generation()));
        } catch (RuntimeException broken) {
            complain(broken);
        }
    }

    private void complain(RuntimeException broken) {
        if (complained.compareAndSet(false, true)) {
            Log.LOG.warn("A listener failed; it is called again, and this is not said again.", broken);
        }
    }

    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(Events.class);
    }
}
