package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.internal.metrics.CredentialsSourceKind;
import dev.wellhead.settings.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Queries the role and the version of one database, with a connection of the pool. Waits for at most connectionTimeout for the
 * connection, and as long for the result.
 */
final class DatabaseCheck {

    /** As the server shows it, such as {@code 16.4 (Debian 16.4-1)}. */
    private static final String QUERY = "SELECT pg_is_in_recovery(), current_setting('server_version')";

    /** SQLSTATEs of a connection that has ended: connection exceptions, and shutdowns of the server. */
    private static final Pattern LOST = Pattern.compile("08...|57P0[123]");

    private final Database database;
    private final @Nullable DatabaseVitals vitals;
    private final ShownValues values;

    DatabaseCheck(Database database, @Nullable DatabaseVitals vitals, ShownValues values) {
        this.database = database;
        this.vitals = vitals;
        this.values = values;
    }

    /**
     * The result of a check.
     *
     * @param isUp whether the database answered
     * @param details for people with the right to see them; nothing sensitive, and no value that a sanitizing function hides
     */
    record Result(boolean isUp, Map<String, Object> details) {}

    Result run() {
        Map<String, Object> details = new LinkedHashMap<>();
        // the same key and value as in Spring Boot's own indicator, which dashboards and alerts may use
        details.put("database", "PostgreSQL");
        details.put("name", database.settings().name());
        boolean up = true;
        try {
            query(details);
        } catch (SQLException e) {
            up = false;
            FailureSentence failure = FailureSentence.of(e);
            details.put(
                    "error",
                    values.areAllShown(database)
                            ? failure.sentence()
                            : failure.withoutValues("The database does not answer", ShownValues.HIDDEN));
            if (!failure.kind().isEmpty()) {
                details.put("failureKind", failure.kind());
            }
        }
        addVitals(details);
        return new Result(up, details);
    }

    /**
     * A connection that was used moments ago is not validated when it is acquired, so it may be lost. The next one is tried then: if
     * none can be acquired, the reason for that is more useful than the loss of an old connection.
     */
    private void query(Map<String, Object> details) throws SQLException {
        Duration limit = database.settings().get(Settings.CONNECTION_TIMEOUT);
        long begin = System.nanoTime();
        boolean answered = false;
        for (int idle = database.settings().get(Settings.MAXIMUM_POOL_SIZE); !answered; idle--) {
            try (Connection connection = database.getConnection()) {
                boolean mayRetry = idle > 0 && System.nanoTime() - begin < limit.toNanos();
                answered = isAnswered(connection, details, mayRetry);
            }
        }
    }

    /** {@return whether the server has answered; false if the connection is lost and another one may be tried} */
    private boolean isAnswered(Connection connection, Map<String, Object> details, boolean mayRetry)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.max(1, database.getLoginTimeout()));
            try (ResultSet row = statement.executeQuery(QUERY)) {
                row.next();
                details.put("role", row.getBoolean(1) ? "standby" : "primary");
                details.put("version", row.getString(2));
            }
            return true;
        } catch (SQLException e) {
            if (mayRetry && LOST.matcher(String.valueOf(e.getSQLState())).matches()) {
                return false;
            }
            throw e;
        }
    }

    private void addVitals(Map<String, Object> details) {
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("source", CredentialsSourceKind.of(database.settings().credentialsSource()));
        if (vitals != null) {
            credentials.putAll(vitals.credentials());
        }
        details.put("credentials", credentials);
        if (vitals != null && !vitals.tls().isEmpty()) {
            details.put("tls", vitals.tls());
        }
    }
}
