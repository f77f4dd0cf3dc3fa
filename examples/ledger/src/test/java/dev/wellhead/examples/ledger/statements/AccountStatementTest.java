package dev.wellhead.examples.ledger.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.LedgerDatabase;
import dev.wellhead.examples.ledger.statements.AccountStatement.Line;
import dev.wellhead.testkit.PostgresServer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountStatementTest {

    private static final YearMonth JANUARY = YearMonth.of(2026, 1);

    @Test
    void read_months_continueEachOther() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        try (Database database =
                LedgerDatabase.open(server.host(), server.port(), LedgerDatabase.create(server), Map.of())) {
            AccountStatement january = AccountStatement.read(database::getConnection, "2002", JANUARY)
                    .orElseThrow();
            AccountStatement february = AccountStatement.read(database::getConnection, "2002", JANUARY.plusMonths(1))
                    .orElseThrow();

            assertThat(january)
                    .isEqualTo(new AccountStatement(
                            "2002",
                            JANUARY,
                            0,
                            List.of(
                                    new Line(
                                            3, LocalDate.of(2026, 1, 7), "Customer deposits by bank transfer", 100_000),
                                    new Line(6, LocalDate.of(2026, 1, 12), "Wallet 1 to wallet 2", 2_550),
                                    new Line(
                                            11,
                                            LocalDate.of(2026, 1, 30),
                                            "Wallet 2 withdraws to the bank",
                                            -20_000))));
            assertThat(february).isEqualTo(new AccountStatement("2002", JANUARY.plusMonths(1), 82_550, List.of()));
            assertThat(AccountStatement.read(database::getConnection, "9999", JANUARY))
                    .isEmpty();
        }
    }

    @Test
    void csv_descriptionWithQuotesAndLines_isQuoted() {
        AccountStatement statement = new AccountStatement(
                "2001",
                JANUARY,
                500,
                List.of(
                        new Line(7, LocalDate.of(2026, 1, 2), "\"rent\", second\nline", -300),
                        new Line(8, LocalDate.of(2026, 1, 3), "back", 100)));

        assertThat(statement.csv())
                .isEqualTo(
                        """
                        entry,booked_on,description,change,balance\r
                        ,2026-01-01,Opening balance,,500\r
                        7,2026-01-02,"\""rent"", second
                        line",-300,200\r
                        8,2026-01-03,"back",100,300\r
                        """);
        assertThat(AccountStatement.key("2001", JANUARY)).isEqualTo("2026-01/2001.csv");
    }
}
