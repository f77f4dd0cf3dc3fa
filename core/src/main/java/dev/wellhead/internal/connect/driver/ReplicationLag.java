package dev.wellhead.internal.connect.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far a standby is behind its primary: the age of the last transaction that it replayed, unless it has
 * replayed everything that it received. A standby without a connection to its primary receives nothing, so for such a
 * standby only the age counts.
 *
 * <p>Source: PostgreSQL documentation, "Recovery Information Functions" and "pg_stat_wal_receiver". Roles without
 * privileges see whether there is a WAL receiver, but not its columns.
 */
public final class ReplicationLag {

    private static final String QUERY = "SELECT CASE"
            + " WHEN NOT pg_catalog.pg_is_in_recovery() THEN 0"
            + " WHEN pg_catalog.pg_last_wal_replay_lsn() >= pg_catalog.pg_last_wal_receive_lsn()"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver) THEN 0"
            + " ELSE pg_catalog.ceil(1000 * extract(epoch FROM"
            + " pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()))::bigint END";

    /**
     * The first transaction after a quiet time is not replayed for a moment, and the one before it may be hours old. So
     * a standby counts as behind only if it is still behind after this time.
     */
    private static final String PAUSE = "SELECT pg_catalog.pg_sleep(0.2)";

    private ReplicationLag() {}

    /**
     * {@return the lag; zero on a primary; null if it is unknown because the standby has replayed no transaction since
     * it started}
     */
    public static @Nullable Duration of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(QUERY)) {
            answer.next();
            // negative if the clock of the primary is ahead
            long millis = answer.getLong(1);
            return answer.wasNull() ? null : Duration.ofMillis(Math.max(0, millis));
        }
    }

    /**
     * {@return why a standby is not used, such as {@code is 42000 ms behind its primary}; null if it is behind by at
     * most the limit}
     */
    public static @Nullable String excess(Connection connection, Duration limit) throws SQLException {
        Duration lag = of(connection);
        if (isWithin(lag, limit)) {
            return null;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(PAUSE);
        }
        lag = of(connection);
        if (isWithin(lag, limit)) {
            return null;
        }
        return lag == null ? "does not report how far it is behind" : "is " + lag.toMillis() + " ms behind its primary";
    }

    private static boolean isWithin(@Nullable Duration lag, Duration limit) {
        return lag != null && lag.compareTo(limit) <= 0;
    }
}
