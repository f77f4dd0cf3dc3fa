package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.ServerRole;
import dev.wellhead.internal.pool.roles.PendingEvictions;
import dev.wellhead.internal.pool.roles.ReaderWatch;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.HostAndPort;
import dev.wellhead.settings.LoadBalanceHosts;
import dev.wellhead.settings.Settings;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** The servers and connections of one reader pool. Thread-safe. */
final class ReaderServers implements ReaderWatch.Reader {

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

    private final Route route;
    private final OpenConnections open;

    ReaderServers(Route route, OpenConnections open) {
        this.route = route;
        this.open = open;
    }

    /** {@return a watch that keeps the connections on the preferred servers; it has started} */
    static ReaderWatch watch(DatabaseSettings settings, Route route, OpenConnections open, PendingEvictions evictions) {
        Duration maximumLag = settings.find(Settings.READER_MAX_LAG).orElse(null);
        boolean inOrder = settings.get(Settings.LOAD_BALANCE_HOSTS) == LoadBalanceHosts.DISABLE;
        ReaderWatch watch = new ReaderWatch(
                route.subject(),
                new ReaderServers(route, open),
                new ReaderWatch.Preference(inOrder, maximumLag),
                evictions,
                new PoolClock.Machine(),
                new Random());
        watch.start(MaintenanceThread.SHARED);
        return watch;
    }

    @Override
    public List<HostAndPort> hosts() {
        try {
            return route.isOnlyChoice() ? List.of() : route.settings().hosts();
        } catch (SQLException e) {
            // no server is known yet, and the pool logs the reason
            return List.of();
        }
    }

    @Override
    public ReaderWatch.Suitability check(HostAndPort host) {
        try (Connection connection = route.open(host, LONGEST_CHECK)) {
            return connection.unwrap(PhysicalConnection.class).isSecondChoice()
                    ? ReaderWatch.Suitability.SECOND_CHOICE
                    : ReaderWatch.Suitability.PREFERRED;
        } catch (ConnectionFailedException e) {
            LoggerFactory.getLogger(ReaderServers.class).debug("{}: {}", route.subject(), e.getMessage());
            return e.kind() == FailureKind.WRONG_SERVER_ROLE
                    ? ReaderWatch.Suitability.UNSUITABLE
                    : ReaderWatch.Suitability.UNAVAILABLE;
        } catch (SQLException e) {
            return ReaderWatch.Suitability.UNAVAILABLE;
        }
    }

    @Override
    public List<Connection> connections() {
        return new ArrayList<>(open.physical());
    }

    @Override
    public HostAndPort serverOf(Connection connection) {
        return ((PhysicalConnection) connection).server();
    }

    @Override
    public boolean wasPromoted(Connection connection) {
        PhysicalConnection physical = (PhysicalConnection) connection;
        ServerRole.Reported atStart = physical.atStart();
        return atStart != null
                && Boolean.TRUE.equals(atStart.standby())
                && Boolean.FALSE.equals(ServerRole.reported(physical).standby());
    }
}
