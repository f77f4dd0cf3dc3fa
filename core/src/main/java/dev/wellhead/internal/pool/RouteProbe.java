package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.driver.IdentityReader;
import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.ServerIdentity;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.liveness.ServerProbe;
import dev.wellhead.internal.pool.liveness.SessionQuery;
import dev.wellhead.internal.pool.recovery.ReadyConnection;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks servers about the connections of one pool, through fresh connections that the pool itself does not use. */
final class RouteProbe implements ServerProbe {

    /** After the login there is always some time left for two queries. */
    private static final int SHORTEST_QUERY_MILLIS = 250;

    private final Route route;
    private final IdentityReader identities;

    RouteProbe(Route route, IdentityReader identities) {
        this.route = route;
        this.identities = identities;
    }

    @Override
    public Answer ask(ServerAddress address, List<MonitoredConnection> connections, Duration budget) {
        long begin = System.nanoTime();
        PhysicalConnection fresh;
        try {
            fresh = route.openAt(address, budget);
        } catch (ConnectionFailedException failed) {
            return isUnanswered(failed) ? new NoAnswer() : new NoReport();
        } catch (SQLException failed) {
            return new NoReport();
        }
        int left = (int) budget.minusNanos(System.nanoTime() - begin).toMillis();
        try {
            fresh.setNetworkTimeout(null, Math.max(SHORTEST_QUERY_MILLIS, left));
            fresh.identify(identities);
            ServerIdentity identity = fresh.identity();
            // the processes that a pooler names are not those of the connections
            return identity == null && !ReadyConnection.isClosed(fresh)
                    ? new Report(null, Map.of())
                    : new Report(identity, SessionQuery.run(fresh, connections));
        } catch (SQLException failed) {
            return ReadyConnection.isClosed(fresh) ? new NoAnswer() : new NoReport();
        } finally {
            fresh.discard();
        }
    }

    private static boolean isUnanswered(ConnectionFailedException failed) {
        if (failed.kind() == FailureKind.TIMED_OUT) {
            return true;
        }
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Elsewhere tryElsewhere(ServerAddress old, Duration budget) {
        try {
            List<ServerAddress> current = route.addresses(budget);
            boolean reachable = current.contains(old);
            if (reachable && current.size() == 1) {
                return null;
            }
            PhysicalConnection fresh = route.open(budget).unwrap(PhysicalConnection.class);
            try {
                fresh.setNetworkTimeout(null, (int) budget.toMillis());
                fresh.identify(identities);
                return fresh.serverAddress().equals(old)
                        ? null
                        : new Elsewhere(fresh.serverAddress(), fresh.identity(), reachable);
            } finally {
                fresh.discard();
            }
        } catch (SQLException | UnknownHostException unavailable) {
            return null;
        }
    }
}
