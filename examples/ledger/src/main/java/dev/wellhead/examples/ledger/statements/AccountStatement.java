package dev.wellhead.examples.ledger.statements;

import dev.wellhead.examples.ledger.common.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The postings of an account in a month, with the balance before the first and after each of them.
 *
 * @param account the code of the account
 * @param month the month
 * @param opening the balance at the begin of the month, in minor units
 * @param lines the postings, in the order of the day and the entry
 */
public record AccountStatement(String account, YearMonth month, long opening, List<Line> lines) {

    private static final String END_OF_LINE = "\r\n";

    /**
     * A posting.
     *
     * @param entry the journal entry
     * @param bookedOn the day on which it is booked
     * @param description its text
     * @param change by how much it changed the balance
     */
    public record Line(long entry, LocalDate bookedOn, String description, long change) {}

    /** {@return the key of the object, which sorts by month} */
    public static String key(String account, YearMonth month) {
        return month + "/" + account + ".csv";
    }

    /** {@return the statement, or empty if there is no such account} */
    public static Optional<AccountStatement> read(Connections connections, String account, YearMonth month)
            throws SQLException {
        // one statement, so that all of it is from one snapshot; the first row has the balance before the month
        String sql =
                """
                select null::bigint as entry, null::date as booked_on, null::text as description,
                       coalesce(sum(p.amount) filter (where e.booked_on < ?), 0) * a.normal_sign as change,
                       null::bigint as posting
                  from ledger.accounts a
                  left join ledger.postings p on p.account_id = a.id
                  left join ledger.journal_entries e on e.id = p.entry_id
                 where a.code = ? group by a.id
                union all
                select e.id, e.booked_on, e.description, p.amount * a.normal_sign, p.id
                  from ledger.accounts a
                  join ledger.postings p on p.account_id = a.id
                  join ledger.journal_entries e on e.id = p.entry_id
                 where a.code = ? and e.booked_on >= ? and e.booked_on < ?
                 order by booked_on nulls first, entry, posting""";
        LocalDate start = month.atDay(1);
        LocalDate end = month.plusMonths(1).atDay(1);
        try (Connection connection = connections.acquire();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, start);
            statement.setString(2, account);
            statement.setString(3, account);
            statement.setObject(4, start);
            statement.setObject(5, end);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long opening = row.getLong(4);
                List<Line> lines = new ArrayList<>();
                while (row.next()) {
                    lines.add(new Line(
                            row.getLong(1), row.getObject(2, LocalDate.class), row.getString(3), row.getLong(4)));
                }
                return Optional.of(new AccountStatement(account, month, opening, List.copyOf(lines)));
            }
        }
    }

    /** {@return the statement in the format of RFC 4180; amounts are in minor units} */
    public String csv() {
        StringBuilder csv = new StringBuilder("entry,booked_on,description,change,balance").append(END_OF_LINE);
        long balance = opening;
        csv.append(',').append(month.atDay(1)).append(",Opening balance,,").append(balance);
        csv.append(END_OF_LINE);
        for (Line line : lines) {
            balance += line.change();
            csv.append(line.entry()).append(',').append(line.bookedOn()).append(',');
            csv.append('"').append(line.description().replace("\"", "\"\"")).append('"');
            csv.append(',').append(line.change()).append(',').append(balance).append(END_OF_LINE);
        }
        return csv.toString();
    }
}
