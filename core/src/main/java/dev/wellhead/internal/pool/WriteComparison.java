package dev.wellhead.internal.pool;

import dev.wellhead.internal.connect.driver.PhysicalConnection;
import dev.wellhead.internal.connect.driver.ServerRole;
import dev.wellhead.internal.connect.net.ServerAddress;
import dev.wellhead.internal.pool.roles.PendingEvictions;
import dev.wellhead.internal.pool.roles.WriteRefusals;
import dev.wellhead.internal.pool.rotation.MaintenanceThread;
import dev.wellhead.internal.pool.rotation.MaintenanceTimer;
import dev.wellhead.internal.pool.rotation.PoolClock;
import dev.wellhead.settings.DatabaseSettings;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Compares the connections of one pool with a new session. A connection is worse if it reports that it is read-only, and
 * if its server is another one or was read-only when the session started. A session that the application itself made
 * read-only is not worse.
 */
final class WriteComparison implements WriteRefusals.Comparison {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** HikariCP uses the new session within this time if it needs it in place of an evicted connection. */
    private static final long KEPT_MILLIS = 1_000;

    /** A server process that is not in this list belongs to another server. Every role may read the column. */
    private static final String BACKENDS =
            "SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database()";

    private final Route route;
    private final PhysicalSource source;
    private final OpenConnections open;
    private final PendingEvictions evictions;
    private final MaintenanceTimer timer;

    private WriteComparison(
            Route route,
            PhysicalSource source,
            OpenConnections open,
            PendingEvictions evictions,
            MaintenanceTimer timer) {
        this.route = route;
        this.source = source;
        this.open = open;
        this.evictions = evictions;
        this.timer = timer;
    }

    /** {@return the rule for writes that fail because a transaction is read-only; null for a pool that only reads} */
    static @Nullable WriteRefusals refusals(
            DatabaseSettings settings,
            Route route,
            PhysicalSource source,
            OpenConnections open,
            PendingEvictions evictions) {
        return settings.get(Settings.READ_ONLY)
                ? null
                : new WriteRefusals(
                        route.subject(),
                        new WriteComparison(route, source, open, evictions, MaintenanceThread.SHARED),
                        evictions,
                        new PoolClock.Machine(),
                        MaintenanceThread.SHARED);
    }

    @Override
    public WriteRefusals.Report reported() {
        WriteRefusals.Report worst = WriteRefusals.Report.ACCEPT_WRITES;
        for (PhysicalConnection connection : open.physical()) {
            ServerRole.Reported role = ServerRole.reported(connection);
            if (role.readOnly()) {
                return WriteRefusals.Report.READ_ONLY;
            }
            if (role.standby() == null) {
                worst = WriteRefusals.Report.UNKNOWN;
            }
        }
        return worst;
    }

    @Override
    public int withNewSession() {
        try {
            Connection opened = route.open(LONGEST);
            boolean kept = false;
            try {
                PhysicalConnection session = opened.unwrap(PhysicalConnection.class);
                if (ServerRole.isReadOnly(session)) {
                    return WriteRefusals.NO_SESSION_ACCEPTS_WRITES;
                }
                List<PhysicalConnection> worse = worseThan(session, backends(session));
                if (!worse.isEmpty()) {
                    source.keepReady(opened);
                    kept = true;
                    // a session that the pool does not need would exceed maximumPoolSize and become stale
                    Future<?> unused = timer.schedule(source::drop, KEPT_MILLIS);
                }
                for (PhysicalConnection connection : worse) {
                    evictions.mark(connection);
                }
                return worse.size();
            } finally {
                if (!kept) {
                    opened.close();
                }
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(WriteComparison.class)
                    .debug("{}: no new session opened to compare: {}", route.subject(), e.getMessage());
            return WriteRefusals.NO_SESSION_ACCEPTS_WRITES;
        }
    }

    /**
     * {@return the connections that are worse than a new session that accepts writes} If one connection reports that
     * another server is read-only, this applies to every connection to that server: the others report it only with the
     * answer to their next statement.
     */
    private List<PhysicalConnection> worseThan(PhysicalConnection session, Set<Integer> backends) {
        List<PhysicalConnection> worse = new ArrayList<>();
        List<PhysicalConnection> elsewhere = new ArrayList<>();
        Set<ServerAddress> demoted = new HashSet<>();
        for (PhysicalConnection connection : open.physical()) {
            ServerRole.Reported now = ServerRole.reported(connection);
            ServerRole.Reported atStart = connection.atStart();
            boolean sameEndpoint = place(connection).equals(place(session));
            boolean sameServer = sameEndpoint && backends.contains(connection.getBackendPID());
            if (!sameServer && (now.readOnly() || (now.standby() == null && !sameEndpoint))) {
                worse.add(connection);
                demoted.add(place(connection));
            } else if (!sameServer) {
                elsewhere.add(connection);
            } else if (now.readOnly() && (atStart == null || atStart.readOnly())) {
                worse.add(connection);
            }
        }
        for (PhysicalConnection connection : elsewhere) {
            if (demoted.contains(place(connection))) {
                worse.add(connection);
            }
        }
        return worse;
    }

    private static ServerAddress place(PhysicalConnection connection) {
        return new ServerAddress(connection.server(), connection.address());
    }

    private static Set<Integer> backends(PhysicalConnection session) throws SQLException {
        Set<Integer> backends = new HashSet<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(BACKENDS)) {
            while (rows.next()) {
                backends.add(rows.getInt(1));
            }
        }
        return backends;
    }
}
