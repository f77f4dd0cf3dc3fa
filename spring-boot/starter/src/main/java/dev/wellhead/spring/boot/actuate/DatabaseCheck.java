package dev.wellhead.spring.boot.actuate;

import dev.wellhead.Database;
import dev.wellhead.internal.metrics.CredentialsSourceKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one database for its role and version, with a connection of the pool. Waits for at most connectionTimeout, and as long for
 * the answer.
 */
final class DatabaseCheck {

    /** As the server shows it, such as {@code 16.4 (Debian 16.4-1)}. */
    private static final String QUERY = "SELECT pg_is_in_recovery(), current_setting('server_version')";

    private final Database database;
    private final @Nullable DatabaseVitals vitals;

    DatabaseCheck(Database database, @Nullable DatabaseVitals vitals) {
        this.database = database;
        this.vitals = vitals;
    }

    /**
     * The result of a check.
     *
     * @param isUp whether the database answered
     * @param details for people with the right to see them; nothing sensitive
     */
    record Result(boolean isUp, Map<String, Object> details) {}

    Result run() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("database", database.settings().name());
        boolean up = true;
        try {
            query(details);
        } catch (SQLException e) {
            up = false;
            FailureSentence failure = FailureSentence.of(e);
            details.put("error", failure.sentence());
            if (!failure.kind().isEmpty()) {
                details.put("failureKind", failure.kind());
            }
        }
        addVitals(details);
        return new Result(up, details);
    }

    private void query(Map<String, Object> details) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.max(1, database.getLoginTimeout()));
            try (ResultSet row = statement.executeQuery(QUERY)) {
                row.next();
                details.put("role", row.getBoolean(1) ? "standby" : "primary");
                details.put("version", row.getString(2));
            }
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
