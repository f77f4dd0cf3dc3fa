package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.common.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks from the postings that the books balance, in one snapshot of the database. The checks rely neither on the library
 * nor on the constraints of the schema.
 */
final class Books {

    /**
     * One checked statement about the books.
     *
     * @param statement the statement
     * @param violations the rows that contradict it; empty if it holds
     */
    record Proof(String statement, List<String> violations) {

        boolean holds() {
            return violations.isEmpty();
        }
    }

    private final Connections connections;

    Books(Connections connections) {
        this.connections = connections;
    }

    /**
     * @param run the prefix of the idempotency keys of the run
     * @param expected the results that the threads of the run received
     */
    List<Proof> prove(String run, Workload.Result expected) throws SQLException {
        try (Connection connection = connections.acquire()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            List<Proof> proofs = new ArrayList<>();
            proofs.add(
                    none(
                            connection,
                            "every journal entry sums to zero in each currency, over two postings or more",
                            """
                    select 'entry ' || e.id
                      from ledger.journal_entries e
                      left join ledger.postings p on p.entry_id = e.id
                      left join ledger.accounts a on a.id = p.account_id
                     group by e.id, a.currency having coalesce(sum(p.amount), 0) <> 0 or count(p.id) < 2"""));
            proofs.add(
                    none(
                            connection,
                            "all postings of a currency sum to zero",
                            """
                    select a.currency || ' by ' || sum(p.amount)
                      from ledger.postings p join ledger.accounts a on a.id = p.account_id
                     group by a.currency having sum(p.amount) <> 0"""));
            proofs.add(
                    none(
                            connection,
                            "every balance is the sum of the account's postings",
                            """
                    select 'account ' || a.code
                      from ledger.accounts a left join ledger.balances b on b.account_id = a.id
                     where b.balance is distinct from
                           (select coalesce(sum(case when a.type in ('asset', 'expense') then p.amount else -p.amount end), 0)
                              from ledger.postings p where p.account_id = a.id)"""));
            proofs.add(
                    none(
                            connection,
                            "no account is overdrawn",
                            """
                    select 'account ' || a.code
                      from ledger.accounts a join ledger.balances b on b.account_id = a.id
                     where b.balance < a.minimum_balance"""));
            proofs.add(keys(connection, run, expected.posted()));
            proofs.add(changes(connection, run, expected.changes()));
            connection.rollback();
            return proofs;
        }
    }

    private static Proof none(Connection connection, String statement, String violations) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(violations);
                ResultSet row = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return new Proof(statement, found);
        }
    }

    private static Proof keys(Connection connection, String run, Set<String> expected) throws SQLException {
        String sql = "select idempotency_key from ledger.journal_entries where starts_with(idempotency_key, ?)";
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, run);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        List<String> violations = new ArrayList<>();
        Set<String> missing = new HashSet<>(expected);
        for (String key : found) {
            if (!missing.remove(key)) {
                violations.add("order " + key + " was posted, but no thread received its confirmation");
            }
        }
        missing.forEach(key -> violations.add("order " + key + " is missing"));
        return new Proof("every confirmed order was posted once, and no other order was posted", violations);
    }

    private static Proof changes(Connection connection, String run, Map<String, Long> expected) throws SQLException {
        String sql =
                """
                select a.code, sum(case when a.type in ('asset', 'expense') then p.amount else -p.amount end)
                  from ledger.journal_entries e
                  join ledger.postings p on p.entry_id = e.id
                  join ledger.accounts a on a.id = p.account_id
                 where starts_with(e.idempotency_key, ?)
                 group by a.code""";
        Map<String, Long> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, run);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getLong(2));
                }
            }
        }
        List<String> violations = new ArrayList<>();
        Set<String> accounts = new HashSet<>(expected.keySet());
        accounts.addAll(found.keySet());
        for (String account : accounts) {
            long confirmed = expected.getOrDefault(account, 0L);
            long posted = found.getOrDefault(account, 0L);
            if (confirmed != posted) {
                violations.add("account " + account + " changed by " + posted + ", not by " + confirmed);
            }
        }
        return new Proof("every account changed by exactly the sum of its confirmed orders", violations);
    }
}
