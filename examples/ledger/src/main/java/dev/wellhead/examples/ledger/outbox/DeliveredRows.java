package dev.wellhead.examples.ledger.outbox;

import dev.wellhead.examples.ledger.common.Cleanup;
import dev.wellhead.examples.ledger.common.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rows of one destination that were delivered {@link Cleanup#RETENTION} ago. They are deleted in the order of the entries,
 * and {@code ledger.outbox_progress} has the last one, so that an entry without a row is known to be delivered. The deletion
 * stops at the first entry that is not delivered, or that has no row yet.
 *
 * <p>An entry gets its number before its transaction commits, so an entry with a lower number can be committed later. It would
 * be skipped only if its transaction were open for longer than the retention.
 */
final class DeliveredRows {

    private static final String ADD_PROGRESS =
            "insert into ledger.outbox_progress (destination) values (?) on conflict (destination) do nothing";

    /** Another instance that deletes rows of the destination has locked this row. */
    private static final String LOCK_PROGRESS =
            "select finished_through from ledger.outbox_progress where destination = ? for update skip locked";

    private static final String DELETE =
            """
            with next as (
                select e.id, coalesce(o.delivered_at < now() - make_interval(secs => ?), false) as finished
                  from ledger.journal_entries e
                  left join ledger.outbox o on o.destination = ? and o.entry_id = e.id
                 where e.id > ? order by e.id limit ?),
            finished as (
                select id from next where id < all (select id from next where not finished)),
            deleted as (
                delete from ledger.outbox o using finished f where o.destination = ? and o.entry_id = f.id)
            update ledger.outbox_progress p set finished_through = f.last
              from (select max(id) as last, count(*) as rows from finished) f
             where p.destination = ? and f.rows > 0
            returning f.rows""";

    private final Connections connections;
    private final String destination;

    DeliveredRows(Connections connections, String destination) {
        this.connections = connections;
        this.destination = destination;
    }

    /** Adds the row of the destination to {@code ledger.outbox_progress}, if it does not exist. */
    void addProgress(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_PROGRESS)) {
            statement.setString(1, destination);
            statement.executeUpdate();
        }
    }

    /** {@return how many rows were deleted, at most {@link Cleanup#BATCH}} */
    int deleteBatch() throws SQLException {
        try (Connection connection = connections.acquire()) {
            connection.setAutoCommit(false);
            try {
                int deleted = deleteBatch(connection);
                connection.commit();
                return deleted;
            } catch (SQLException e) {
                Relay.rollBack(connection, e);
                throw e;
            }
        }
    }

    private int deleteBatch(Connection connection) throws SQLException {
        long finished;
        try (PreparedStatement statement = connection.prepareStatement(LOCK_PROGRESS)) {
            statement.setString(1, destination);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
                finished = row.getLong(1);
            }
        }
        // another statement, so that its snapshot contains the changes of an instance that held the lock before
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setLong(1, Cleanup.RETENTION.toSeconds());
            statement.setString(2, destination);
            statement.setLong(3, finished);
            statement.setInt(4, Cleanup.BATCH);
            statement.setString(5, destination);
            statement.setString(6, destination);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }
}
