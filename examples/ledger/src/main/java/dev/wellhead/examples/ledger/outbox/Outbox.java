package dev.wellhead.examples.ledger.outbox;

import dev.wellhead.examples.ledger.common.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entries that have to be delivered, in the table {@code ledger.outbox}. Without destinations it does nothing and needs
 * no table. Rows are deleted 30 days after their delivery. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    /** Another instance may post entries while it does not have the destination, for example during a deployment. */
    private static final Duration SEARCH_INTERVAL = Duration.ofMinutes(1);

    private final Connections connections;
    private final List<String> names;
    private final List<Relay> relays = new ArrayList<>();

    private Outbox(Connections connections, List<String> names) {
        this.connections = connections;
        this.names = names;
    }

    /** {@return an outbox without destinations} */
    public static Outbox none() {
        return new Outbox(
                () -> {
                    throw new SQLException("There is no outbox.");
                },
                List.of());
    }

    /**
     * {@return an outbox that delivers to {@code destinations}} Entries that were posted before a destination existed, or
     * later by an instance that does not have it, are delivered to it too, the latter within about a minute.
     *
     * @throws SQLException with SQLSTATE 42P01 if a table of the outbox does not exist
     */
    public static Outbox start(Connections connections, List<Destination> destinations) throws SQLException {
        return start(connections, destinations, SEARCH_INTERVAL);
    }

    /** @param interval between two searches for entries that were posted without the destination */
    static Outbox start(Connections connections, List<Destination> destinations, Duration interval)
            throws SQLException {
        Outbox outbox = new Outbox(
                connections, destinations.stream().map(Destination::name).toList());
        for (Destination destination : destinations) {
            outbox.relays.add(Relay.of(connections, destination));
        }
        for (Relay relay : outbox.relays) {
            relay.addMissingEntries();
        }
        outbox.relays.forEach(relay -> relay.start(interval));
        return outbox;
    }

    /** Adds an entry, in the transaction that posts it. */
    public void add(Connection connection, long entry) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        String sql = "insert into ledger.outbox (destination, entry_id) select unnest(?), ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            statement.setLong(2, entry);
            statement.executeUpdate();
        }
    }

    /** Starts the delivery of added entries. Without this call, they are delivered within a second. */
    public void committed() {
        relays.forEach(Relay::wake);
    }

    /** {@return for each destination the number of entries that are not delivered yet} */
    public Map<String, Long> undelivered() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        if (names.isEmpty()) {
            return counts;
        }
        names.forEach(name -> counts.put(name, 0L));
        String sql =
                """
                select destination, count(*) from ledger.outbox
                 where delivered_at is null and destination = any (?) group by destination""";
        try (Connection connection = connections.acquire();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
            return counts;
        }
    }

    /** Ends the deliveries after the current ones, without a wait. The time limit of {@link #close} begins. */
    public void stop() {
        relays.forEach(Relay::stop);
    }

    /** Waits until the current deliveries have ended, at most until five seconds after {@link #stop}. */
    @Override
    public void close() {
        stop();
        relays.forEach(Relay::close);
    }
}
