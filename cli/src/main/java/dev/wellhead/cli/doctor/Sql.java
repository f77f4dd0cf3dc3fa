package dev.wellhead.cli.doctor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Questions to the server. */
final class Sql {

    /** Every question here is small: a server that takes longer hangs. */
    private static final int LONGEST_ANSWER_MILLIS = 10_000;

    private Sql() {}

    /** Bounds the wait for each answer, where the settings do not bound it more tightly. */
    static void bound(Connection connection) throws SQLException {
        int own = connection.getNetworkTimeout();
        if (own == 0 || own > LONGEST_ANSWER_MILLIS) {
            connection.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
        }
    }

    /** {@return whether the connection is gone, so that no other question has an answer} */
    static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("08");
    }

    /** {@return the columns of the one row of {@code query}, an empty text for NULL} */
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

    static String one(Connection connection, String query) throws SQLException {
        return row(connection, query).get(0);
    }

    /** {@return the server's own words without what it may quote} */
    static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)) + " (SQLSTATE " + e.getSQLState() + ")";
    }
}
