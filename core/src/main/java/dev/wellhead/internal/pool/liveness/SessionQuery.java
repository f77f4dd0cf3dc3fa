package dev.wellhead.internal.pool.liveness;

import dev.wellhead.internal.connect.driver.MonitoredConnection;
import dev.wellhead.internal.connect.driver.PhysicalConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the states of the sessions of some connections from {@code pg_stat_activity}. Source: PostgreSQL documentation,
 * "The Cumulative Statistics System". Every role can see all processes, and the states of those of its own role.
 */
public final class SessionQuery {

    private record Row(@Nullable String state, @Nullable String waitEvent, int clientPort) {}

    private SessionQuery() {}

    /**
     * {@return the state of the session of each connection}
     *
     * @param fresh an open connection to the server, which reads the states
     */
    public static Map<MonitoredConnection, SessionState> run(
            PhysicalConnection fresh, List<MonitoredConnection> connections) throws SQLException {
        Map<Integer, Row> rows = rows(fresh, connections);
        Row ownRow = rows.get(fresh.backendPid());
        // an address translation or a proxy in between changes the port
        boolean samePorts = ownRow != null && ownRow.clientPort == fresh.localPort();
        Map<MonitoredConnection, SessionState> states = new HashMap<>();
        for (MonitoredConnection connection : connections) {
            Row row = rows.get(connection.backendPid());
            boolean other = row != null && samePorts && row.clientPort > 0 && row.clientPort != connection.localPort();
            // a process with this number may serve another client meanwhile
            states.put(connection, row == null || other ? SessionState.GONE : state(row));
        }
        return states;
    }

    private static Map<Integer, Row> rows(PhysicalConnection fresh, List<MonitoredConnection> connections)
            throws SQLException {
        StringBuilder query = new StringBuilder("SELECT pid, state, wait_event, client_port"
                        + " FROM pg_catalog.pg_stat_activity WHERE pid IN (")
                .append(fresh.backendPid());
        for (MonitoredConnection connection : connections) {
            query.append(", ").append(connection.backendPid());
        }
        Map<Integer, Row> rows = new HashMap<>();
        try (Statement statement = fresh.createStatement();
                ResultSet result = statement.executeQuery(query.append(')').toString())) {
            while (result.next()) {
                rows.put(result.getInt(1), new Row(result.getString(2), result.getString(3), result.getInt(4)));
            }
        }
        return rows;
    }

    private static SessionState state(Row row) {
        String state = row.state;
        if (state == null || state.equals("disabled")) {
            return SessionState.HIDDEN;
        }
        return state.startsWith("idle") || waitsForClient(row.waitEvent)
                ? SessionState.WAITING_FOR_CLIENT
                : SessionState.BUSY;
    }

    /** Source: PostgreSQL documentation, "Wait Events of Type Client". Other events of the type concern replication. */
    private static boolean waitsForClient(@Nullable String waitEvent) {
        return "ClientRead".equals(waitEvent) || "ClientWrite".equals(waitEvent);
    }
}
