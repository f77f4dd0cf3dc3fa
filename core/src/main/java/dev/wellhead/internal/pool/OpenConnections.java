package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.Connector;
import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.pool.liveness.SilenceWatch;
import dev.wellhead.internal.pool.recovery.ReadyConnection;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open physical connections of one pool. May contain some that have closed meanwhile. Thread-safe. */
final class OpenConnections implements SilenceWatch.Connections {

    /** Is notified of each connection before the pool uses it. */
    interface OpenListener {

        /** Called for a connection that opened before this was set. */
        void openedFirst(PhysicalConnection connection);

        /** Called on the thread that opened the connection. */
        void opened(PhysicalConnection connection);
    }

    private final int sweepAbove;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable OpenListener listener;

    /** @param maximumPoolSize closed connections are removed once there are twice as many entries */
    OpenConnections(int maximumPoolSize) {
        this.sweepAbove = 2 * maximumPoolSize;
    }

    /** Sets the listener that is notified of each connection. */
    void listenWith(OpenListener added) {
        listener = added;
        for (PhysicalConnection connection : physical()) {
            added.openedFirst(connection);
        }
    }

    /**
     * Adds a connection. One that another thread handed over may have been added already. Closed ones are removed from
     * time to time, so that the set does not grow.
     */
    void add(Connection connection) {
        if (connections.size() >= sweepAbove) {
            connections.removeIf(ReadyConnection::isClosed);
        }
        boolean isNew = connections.add(connection);
        OpenListener present = listener;
        if (isNew && present != null && connection instanceof PhysicalConnection physical) {
            present.opened(physical);
        }
    }

    @Override
    public void forEachOpen(Consumer<MonitoredConnection> action) {
        physical().forEach(action);
    }

    /** {@return the number of entries, including those of connections that have closed} */
    int size() {
        return connections.size();
    }

    /** {@return the number of open connections of generations before {@code generation}} */
    int countOlderThan(long generation) {
        connections.removeIf(ReadyConnection::isClosed);
        int older = 0;
        for (Connection connection : connections) {
            if (Connector.generationOf(connection) < generation) {
                older++;
            }
        }
        return older;
    }

    /** {@return the open connections that are Wellhead's} */
    List<PhysicalConnection> physical() {
        List<PhysicalConnection> physical = new ArrayList<>(connections.size());
        for (Connection connection : connections) {
            if (connection instanceof PhysicalConnection ours && !ReadyConnection.isClosed(ours)) {
                physical.add(ours);
            }
        }
        return physical;
    }

    /** {@return the newest generation among them; -1 if there are none} */
    long newestGeneration() {
        long newest = -1;
        for (Connection connection : connections) {
            newest = Math.max(newest, Connector.generationOf(connection));
        }
        return newest;
    }

    /** {@return how many connections were being validated} They are aborted: the server may not answer. */
    int abortValidations() {
        int aborted = 0;
        for (Connection connection : connections) {
            if (connection instanceof PhysicalConnection physical && physical.isValidating()) {
                physical.abandon();
                aborted++;
            }
        }
        return aborted;
    }
}
