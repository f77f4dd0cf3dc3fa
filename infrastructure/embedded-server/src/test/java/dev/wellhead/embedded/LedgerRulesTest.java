package dev.wellhead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** The content of the local database after its init scripts, and the changes that its rules refuse. */
class LedgerRulesTest {

    private static LocalPostgres server;
    private Connection connection;

    @BeforeAll
    static void startServer() throws Exception {
        server = startWithTheLedger();
    }

    static LocalPostgres startWithTheLedger() throws IOException {
        return LocalPostgres.builder().initScripts("../init-scripts").start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = Queries.connect(server);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void books_afterTheFirstStart_balance() throws SQLException {
        assertThat(rows("select currency, debits, credits from ledger.trial_balance order by currency"))
                .containsExactly("EUR 6017220 6017220", "JPY 120000 120000", "USD 150000 150000");
        assertThat(rows("select sum(net) from ledger.balances group by currency"))
                .containsOnly("0");
        assertThat(rows("select code, balance from ledger.balances where code in ('1000', '2001', '4000', '5000')"
                        + " order by code"))
                .containsExactly("1000 4818610", "2001 97450", "4000 100", "5000 1490");
    }

    @Test
    void statements_afterTheFirstStart_reconcile() throws SQLException {
        assertThat(rows("select iban from treasury.positions"
                        + " where bank_balance + open_postings <> ledger_balance + open_lines"))
                .isEmpty();
        assertThat(rows("select reference, amount from treasury.open_lines")).containsExactly("INTEREST 01/2026 395");
        assertThat(rows("select amount from treasury.open_postings order by amount"))
                .containsExactly("-20000", "-1490", "1490");
    }

    @Test
    void entry_balanced_movesMoney() throws SQLException {
        post("transfer", "('2001', 50), ('2002', -50)");
        checkNow();
        assertThat(rows("select code, balance from ledger.balances where code in ('2001', '2002') order by code"))
                .containsExactly("2001 97400", "2002 82600");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("does not sum to zero", "('2001', 100), ('2002', -99)", "entry_balances"),
                Arguments.of("balances only across currencies", "('2001', 100), ('2101', -100)", "entry_balances"),
                Arguments.of("has one posting", "('2001', 100)", "entry_has_postings"),
                Arguments.of("has no posting", "('none', 100)", "entry_has_postings"),
                Arguments.of("overdraws a wallet", "('2001', 97451), ('2002', -97451)", "minimum_balance"),
                Arguments.of("overdraws an asset", "('1100', -150001), ('2101', 150001)", "minimum_balance"));
    }

    @ParameterizedTest(name = "an entry that {0}")
    @MethodSource("refused")
    void entry_againstTheRules_isRefusedAtCommit(String what, String postings, String constraint) throws SQLException {
        post("refused", postings);
        assertRefused(connection::commit, "23514", constraint);
    }

    @Test
    void entry_withAnEarlierKey_isRefused() throws SQLException {
        post("once", "('2001', 50), ('2002', -50)");
        assertRefused(
                () -> post("once", "('2001', 50), ('2002', -50)"), "23505", "journal_entries_idempotency_key_key");
    }

    @Test
    void entry_committed_acceptsNoMorePostings() throws SQLException {
        execute("insert into ledger.postings (entry_id, account_id, amount)"
                + " select 1, a.id, v.amount from (values ('2001', 5), ('2002', -5)) v (code, amount)"
                + " join ledger.accounts a using (code)");
        assertRefused(this::checkNow, "23514", "entry_is_closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.postings set amount = amount + 1",
                "delete from ledger.postings",
                "truncate ledger.postings cascade",
                "update ledger.journal_entries set description = 'another'",
                "delete from ledger.journal_entries",
                "truncate ledger.journal_entries cascade"
            })
    void history_changedByTheSuperuser_isRefused(String sql) {
        assertRefused(() -> execute(sql), "23001", "append_only");
    }

    @Test
    void wallet_emptiedByTwoConcurrentEntries_paysOnce() throws Exception {
        try (LocalPostgres own = startWithTheLedger();
                Connection one = Queries.connect(own);
                Connection other = Queries.connect(own)) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            post(one, "first", "('2008', 60000), ('2007', -60000)");
            post(other, "second", "('2008', 60000), ('2007', -60000)");
            Queries.execute(one, "set constraints all immediate");
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                try {
                    other.commit();
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            one.commit();
            assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(PSQLException.class)
                    .hasMessageContaining("account 2008 would have the balance -20000, below its minimum of 0");
        }
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("(1, 3, '2026-02-28', 4819005, 4819006)", "statement_adds_up"),
                Arguments.of("(1, 3, '2026-02-28', 1, 1)", "statement_continues"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statement_thatDoesNotAddUp_isRefused(String values, String constraint) throws SQLException {
        execute("insert into treasury.statements (bank_account_id, number, closed_on, opening_balance, closing_balance)"
                + " values " + values);
        assertRefused(this::checkNow, "23514", constraint);
    }

    @Test
    void reconciliation_ofADifferentAmount_isRefused() throws SQLException {
        execute(
                "insert into treasury.reconciliations (statement_line_id, posting_id)"
                        + " select l.statement_line_id, p.posting_id from treasury.open_lines l, treasury.open_postings p limit 1");
        assertRefused(this::checkNow, "23514", "line_is_posting");
    }

    @Test
    void role_ofTheService_canPostButNotChange() throws SQLException {
        execute("set role ledger_app");
        post("as the service", "('2001', 50), ('2002', -50)");
        checkNow();
        assertThat(rows("select count(*) from treasury.positions")).containsExactly("3");
        for (String sql : List.of(
                "update ledger.accounts set minimum_balance = null",
                "delete from ledger.postings",
                "insert into ledger.journal_entries (description, posted_at) values ('backdated', 'yesterday')",
                "drop table ledger.postings")) {
            execute("savepoint before");
            assertRefused(() -> execute(sql), "42501", null);
            execute("rollback to savepoint before");
        }
    }

    @Test
    void role_ofTheService_canDeliverAndHandleMessages() throws SQLException {
        execute("set role ledger_app");
        execute("insert into ledger.outbox (destination, entry_id) values ('queue', 1), ('search', 1), ('queue', 2)");
        assertThat(rows("select entry_id from ledger.outbox where destination = 'queue' and delivered_at is null"
                        + " order by entry_id limit 1 for update skip locked"))
                .containsExactly("1");
        execute("update ledger.outbox set delivered_at = now() where destination = 'queue' and entry_id = 1");
        execute("insert into ledger.handled_messages (message_id) select id from ledger.outbox");
        execute("insert into ledger.outbox_progress (destination) values ('queue')");
        assertThat(rows("select finished_through from ledger.outbox_progress for update skip locked"))
                .containsExactly("0");
        execute("update ledger.outbox_progress set finished_through = 1");
        execute("delete from ledger.outbox where entry_id = 1");
        execute("delete from ledger.handled_messages");
        for (int i = 0; i < 2; i++) {
            execute(
                    "insert into ledger.turnover as t values (1, '2026-01-02', 1, 5, 0)"
                            + " on conflict (account_id, booked_on) do update set postings = t.postings + 1, debits = t.debits + 5");
        }
        assertThat(rows("select postings, debits, credits from ledger.turnover"))
                .containsExactly("2 10 0");
        for (String sql : List.of(
                "update ledger.outbox set entry_id = 3",
                "delete from ledger.outbox_progress",
                "update ledger.outbox_progress set destination = 'search'",
                "update ledger.handled_messages set handled_at = now()",
                "delete from ledger.turnover",
                "update ledger.turnover set booked_on = '2026-01-03'")) {
            execute("savepoint before");
            assertRefused(() -> execute(sql), "42501", null);
            execute("rollback to savepoint before");
        }
    }

    @Test
    void outboxScript_runAgain_keepsTheRows() throws Exception {
        String script = Files.readString(Path.of("../init-scripts/06-outbox.sql"));
        try (LocalPostgres own = startWithTheLedger();
                Connection again = Queries.connect(own)) {
            Queries.execute(again, "insert into ledger.outbox (destination, entry_id) values ('queue', 1)");
            Queries.execute(again, script);
            assertThat(Queries.rows(again, "select destination, entry_id from ledger.outbox"))
                    .containsExactly("queue 1");

            // a database that was created before the script existed
            Queries.execute(
                    again,
                    "drop table ledger.outbox, ledger.outbox_progress, ledger.handled_messages, ledger.turnover");
            Queries.execute(again, script);
            Queries.execute(again, "set role ledger_app");
            assertThat(Queries.rows(again, "select * from ledger.outbox")).isEmpty();
        }
    }

    private void post(String key, String postings) throws SQLException {
        post(connection, key, postings);
    }

    private static void post(Connection connection, String key, String postings) throws SQLException {
        Queries.execute(
                connection,
                "with entry as (insert into ledger.journal_entries (idempotency_key, description) values ('" + key
                        + "', 'test') returning id)"
                        + " insert into ledger.postings (entry_id, account_id, amount)"
                        + " select entry.id, a.id, v.amount from entry, (values " + postings + ") v (code, amount)"
                        + " join ledger.accounts a using (code)");
    }

    /** Runs the checks that a commit would run, so that the test can roll back afterwards. */
    private void checkNow() throws SQLException {
        execute("set constraints all immediate");
    }

    private void execute(String sql) throws SQLException {
        Queries.execute(connection, sql);
    }

    private List<String> rows(String sql) throws SQLException {
        return Queries.rows(connection, sql);
    }

    private static void assertRefused(ThrowingCallable call, String state, @Nullable String constraint) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PSQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo(state);
            assertThat(e.getServerErrorMessage()).isNotNull();
            assertThat(e.getServerErrorMessage().getConstraint()).isEqualTo(constraint);
        });
    }
}
