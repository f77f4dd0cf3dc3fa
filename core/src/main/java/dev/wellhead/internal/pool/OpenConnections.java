package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The physical connections of one pool that may be open. Thread-safe. */
public final class OpenConnections {

    private final int sweepAbove;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /** @param maximumPoolSize closed connections are forgotten when twice as many were added */
    public OpenConnections(int maximumPoolSize) {
        this.sweepAbove = 2 * maximumPoolSize;
    }

    public void add(Connection connection) {
        if (connections.size() >= sweepAbove) {
            connections.removeIf(OpenConnections::isClosed);
        }
        connections.add(connection);
    }

    /** {@return how many open connections logged in with credentials older than {@code generation}} */
    public int olderThan(long generation) {
        connections.removeIf(OpenConnections::isClosed);
        int older = 0;
        for (Connection connection : connections) {
            if (Connector.generationOf(connection) < generation) {
                older++;
            }
        }
        return older;
    }

    /** {@return the newest generation among them; -1 where there is none} */
    public long newestGeneration() {
        long newest = -1;
        for (Connection connection : connections) {
            newest = Math.max(newest, Connector.generationOf(connection));
        }
        return newest;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
