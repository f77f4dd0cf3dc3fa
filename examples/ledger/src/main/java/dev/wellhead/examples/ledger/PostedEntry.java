package dev.wellhead.examples.ledger;

import static dev.wellhead.examples.ledger.Outcome.refused;

import dev.wellhead.examples.ledger.Outcome.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds an order that was posted before, by its idempotency key. */
final class PostedEntry {

    private static final String SQL =
            """
            select e.id, e.description, a.code, p.amount * a.normal_sign
              from ledger.journal_entries e
              join ledger.postings p on p.entry_id = e.id
              join ledger.accounts a on a.id = p.account_id
             where e.idempotency_key = ?""";

    private PostedEntry() {}

    /** {@return the result for an order whose key was used before, empty if the key is new} */
    static Optional<Outcome> find(Connection connection, Transfer transfer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, transfer.key());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long entry = row.getLong(1);
                String description = row.getString(2);
                Map<String, Long> changes = new HashMap<>();
                do {
                    changes.put(row.getString(3), row.getLong(4));
                } while (row.next());
                boolean same = description.equals(transfer.description())
                        && changes.equals(
                                Map.of(transfer.from(), -transfer.amount(), transfer.to(), transfer.amount()));
                return Optional.of(
                        same
                                ? new Outcome.Posted(entry, true)
                                : refused(Reason.KEY_REUSED, "The idempotency key was used before for another order."));
            }
        }
    }
}
