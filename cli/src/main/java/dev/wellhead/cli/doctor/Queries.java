package dev.wellhead.cli.doctor;

import dev.wellhead.internal.text.SafeText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the small queries of the stages. They read catalogues and settings only, and need no privileges beyond CONNECT.
 */
final class Queries {

    /** All queries are small: a server that takes longer hangs. */
    private static final int TIMEOUT_MILLIS = 10_000;

    private Queries() {}

    /** Limits the time of each query, unless the settings have a lower limit. */
    static void limitTime(Connection connection) throws SQLException {
        int configured = connection.getNetworkTimeout();
        if (configured == 0 || configured > TIMEOUT_MILLIS) {
            connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
        }
    }

    /** {@return whether the connection is lost, so that further queries would fail too} SQLSTATE class 08. */
    static boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("08");
    }

    /**
     * {@return the columns of the only row; NULL is an empty text} Empty if there is no row.
     *
     * @throws SQLException if the query failed, or took longer than {@link #limitTime} allows
     */
    static List<String> row(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> columns = new ArrayList<>();
            if (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String text = result.getString(i);
                    columns.add(text == null ? "" : text);
                }
            }
            return columns;
        }
    }

    /** {@return the first column of the only row} */
    static String value(Connection connection, String query) throws SQLException {
        return row(connection, query).get(0);
    }

    /** {@return the first line of the message; the lines after it may quote data} */
    static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return SafeText.of(end < 0 ? message : message.substring(0, end)) + " (SQLSTATE " + SafeText.of(e.getSQLState())
                + ")";
    }
}
