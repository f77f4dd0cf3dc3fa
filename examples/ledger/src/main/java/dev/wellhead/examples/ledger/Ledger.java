package dev.wellhead.examples.ledger;

import static dev.wellhead.examples.ledger.Outcome.refused;

import dev.wellhead.examples.ledger.Outcome.Reason;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.common.Transactions;
import dev.wellhead.examples.ledger.outbox.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads balances and posts transfers in the schema {@code ledger}. Thread-safe. */
final class Ledger {

    private static final String BALANCES = "select code, name, type, currency, balance from ledger.balances";

    private final Connections connections;
    private final Transactions transactions;
    private final Outbox outbox;

    Ledger(Connections connections) {
        this(connections, Outbox.none());
    }

    /** @param outbox receives every entry that is posted, in the same transaction */
    Ledger(Connections connections, Outbox outbox) {
        this.connections = connections;
        this.transactions = new Transactions(connections);
        this.outbox = outbox;
    }

    List<Account> accounts() throws SQLException {
        return read(BALANCES + " order by code", null);
    }

    Optional<Account> account(String code) throws SQLException {
        if (code.indexOf('\0') >= 0) {
            // PostgreSQL rejects parameters with this character, so no account can have such a code
            return Optional.empty();
        }
        return read(BALANCES + " where code = ?", code).stream().findFirst();
    }

    /** {@return how many times a transaction was retried after a serialization failure or a deadlock} */
    long retries() {
        return transactions.retries();
    }

    /**
     * Posts a transfer once per idempotency key. If the order was posted before, the result is the existing entry.
     *
     * @throws SQLException with SQLSTATE 08007 if it is unknown whether the order was posted, with another one if it
     *     was not. In both cases the caller may send the same order again
     */
    Outcome post(Transfer transfer) throws SQLException {
        Outcome outcome = transactions.run(connection -> {
            Outcome result = post(connection, transfer);
            if (result instanceof Outcome.Posted posted && !posted.replayed()) {
                outbox.add(connection, posted.entry());
            }
            return result;
        });
        outbox.committed();
        return outcome;
    }

    /** Does the same in a transaction of the caller, without the outbox. */
    static Outcome post(Connection connection, Transfer transfer) throws SQLException {
        Optional<Outcome> earlier = PostedEntry.find(connection, transfer);
        return earlier.isPresent() ? earlier.get() : postNew(connection, transfer);
    }

    private static Outcome postNew(Connection connection, Transfer transfer) throws SQLException {
        Side from = side(connection, transfer.from());
        Side to = side(connection, transfer.to());
        if (from == null || to == null) {
            return refused(
                    Reason.UNKNOWN_ACCOUNT,
                    "Unknown account: " + (from == null ? transfer.from() : transfer.to()) + ".");
        }
        if (!from.currency.equals(to.currency)) {
            return refused(
                    Reason.DIFFERENT_CURRENCIES,
                    "Account " + transfer.from() + " has the currency " + from.currency + ", account " + transfer.to()
                            + " has " + to.currency + ".");
        }
        if (from.normalSign != to.normalSign) {
            return refused(
                    Reason.DIFFERENT_SIDES,
                    "Accounts " + transfer.from() + " and " + transfer.to()
                            + " are on different sides of the books, so a transfer would change both balances in the same direction.");
        }
        if (from.minimumBalance != null && balance(connection, from) - transfer.amount() < from.minimumBalance) {
            return refused(
                    Reason.OVERDRAFT,
                    "The balance of account " + transfer.from() + " is less than " + transfer.amount() + ".");
        }
        return new Outcome.Posted(insert(connection, transfer, from, to), false);
    }

    private static @Nullable Side side(Connection connection, String code) throws SQLException {
        String sql = "select id, currency, normal_sign, minimum_balance from ledger.accounts where code = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Side(row.getLong(1), row.getString(2), row.getInt(3), row.getObject(4, Long.class))
                        : null;
            }
        }
    }

    private static long balance(Connection connection, Side side) throws SQLException {
        String sql = "select balance from ledger.balances where account_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, side.id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long insert(Connection connection, Transfer transfer, Side from, Side to) throws SQLException {
        String sql =
                """
                with entry as (
                    insert into ledger.journal_entries (idempotency_key, description) values (?, ?) returning id)
                insert into ledger.postings (entry_id, account_id, amount)
                select entry.id, side.account_id, side.amount
                  from entry, (values (?, ?), (?, ?)) as side (account_id, amount)
                returning entry_id""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, transfer.key());
            statement.setString(2, transfer.description());
            statement.setLong(3, from.id);
            statement.setLong(4, -from.normalSign * transfer.amount());
            statement.setLong(5, to.id);
            statement.setLong(6, to.normalSign * transfer.amount());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private List<Account> read(String sql, @Nullable String code) throws SQLException {
        try (Connection connection = connections.acquire();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (code != null) {
                statement.setString(1, code);
            }
            List<Account> accounts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    accounts.add(new Account(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5)));
                }
            }
            return accounts;
        }
    }

    private record Side(long id, String currency, int normalSign, @Nullable Long minimumBalance) {}
}
