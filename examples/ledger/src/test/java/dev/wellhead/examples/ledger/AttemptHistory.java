package dev.wellhead.examples.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outcome that the clients received for every execution of a transaction. Each execution inserts its own number, so
 * that the database shows afterwards which of them were committed. Thread-safe.
 */
final class AttemptHistory {

    static final String TABLE = "create table attempts (id bigint primary key)";

    /** The SQLSTATE of an unknown outcome. Every other one promises that the transaction was not committed. */
    static final String UNKNOWN = "08007";

    private static final String COMMITTED = "committed";
    private static final String UNFINISHED = "unfinished";

    private final AtomicLong number = new AtomicLong();
    private final Map<Long, String> outcomes = new ConcurrentHashMap<>();

    /** {@return the number of a new attempt} */
    long begin() {
        long id = number.incrementAndGet();
        outcomes.put(id, UNFINISHED);
        return id;
    }

    /** Inserts the number in the transaction of the attempt. */
    void mark(Connection connection, long id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into attempts values (?)")) {
            insert.setLong(1, id);
            insert.executeUpdate();
        }
    }

    void committed(long id) {
        outcomes.put(id, COMMITTED);
    }

    void failed(long id, String sqlState) {
        outcomes.put(id, sqlState);
    }

    /** {@return how many attempts had each outcome: {@code committed} or an SQLSTATE} */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }

    /** {@return how many attempts with an unknown outcome were committed} */
    int unknownButCommitted(Set<Long> inDatabase) {
        return (int) inDatabase.stream()
                .filter(id -> UNKNOWN.equals(outcomes.get(id)))
                .count();
    }

    /** {@return every attempt whose outcome in the database contradicts the outcome that its client received} */
    List<String> contradictions(Set<Long> inDatabase) {
        List<String> found = new ArrayList<>();
        new TreeMap<>(outcomes).forEach((id, outcome) -> {
            boolean present = inDatabase.contains(id);
            if (outcome.equals(COMMITTED) && !present) {
                found.add("attempt " + id + " was acknowledged and lost");
            } else if (!outcome.equals(COMMITTED) && !outcome.equals(UNKNOWN) && present) {
                found.add("attempt " + id + " was committed, but its client received " + outcome);
            }
        });
        Set<Long> unexpected = new HashSet<>(inDatabase);
        unexpected.removeAll(outcomes.keySet());
        unexpected.forEach(id -> found.add("attempt " + id + " was never made"));
        return found;
    }

    /** {@return the attempts that the database contains} */
    static Set<Long> inDatabase(Connection connection) throws SQLException {
        Set<Long> ids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from attempts")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
