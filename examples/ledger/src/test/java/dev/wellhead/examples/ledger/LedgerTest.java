package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.Outcome.Posted;
import dev.wellhead.examples.ledger.Outcome.Reason;
import dev.wellhead.testkit.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final List<String> WALLETS = List.of("2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008");

    private String name = "";
    private Database database;
    private Ledger ledger;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        name = LedgerDatabase.create(server);
        database = LedgerDatabase.open(server.host(), server.port(), name, Map.of());
        ledger = new Ledger(database::getConnection);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void post_enoughMoney_movesItOnce() throws SQLException {
        long from = balance("2001");
        long to = balance("2002");

        Outcome outcome = ledger.post(transfer("k1", 2_500));

        assertThat(outcome).isInstanceOfSatisfying(Posted.class, posted -> assertThat(posted.replayed())
                .isFalse());
        assertThat(balance("2001")).isEqualTo(from - 2_500);
        assertThat(balance("2002")).isEqualTo(to + 2_500);
    }

    @Test
    void post_sameOrderAgain_returnsTheFirstEntry() throws SQLException {
        Posted first = (Posted) ledger.post(transfer("k1", 2_500));
        long from = balance("2001");

        assertThat(ledger.post(transfer("k1", 2_500))).isEqualTo(new Posted(first.entry(), true));
        assertThat(balance("2001")).isEqualTo(from);
    }

    @Test
    void post_usedKeyWithAnotherOrder_isRefused() throws SQLException {
        ledger.post(transfer("k1", 2_500));

        assertThat(ledger.post(transfer("k1", 2_501)))
                .isEqualTo(
                        Outcome.refused(Reason.KEY_REUSED, "The idempotency key was used before for another order."));
    }

    @Test
    void post_wholeBalance_isPostedAndOneMoreIsRefused() throws SQLException {
        long all = balance("2001");

        assertThat(ledger.post(transfer("all", all))).isInstanceOf(Posted.class);
        assertThat(ledger.post(transfer("one more", 1)))
                .isEqualTo(Outcome.refused(Reason.OVERDRAFT, "The balance of account 2001 is less than 1."));
        assertThat(balance("2001")).isZero();
    }

    @Test
    void post_refusedOrder_keepsItsKeyUsable() throws SQLException {
        long all = balance("2001");
        assertThat(ledger.post(transfer("k", all + 1))).isInstanceOf(Outcome.Refused.class);

        ledger.post(new Transfer("refill", "2003", "2001", 1, "refill"));

        assertThat(ledger.post(transfer("k", all + 1))).isInstanceOf(Posted.class);
    }

    @Test
    void post_incompatibleAccounts_isRefused() throws SQLException {
        assertThat(List.of(
                        ledger.post(new Transfer("a", "2001", "9999", 1, "to nobody")),
                        ledger.post(new Transfer("b", "'; drop", "2001", 1, "from nobody")),
                        ledger.post(new Transfer("c", "2001", "2101", 1, "to dollars")),
                        ledger.post(new Transfer("d", "1000", "2001", 1, "from an asset to a liability"))))
                .containsExactly(
                        Outcome.refused(Reason.UNKNOWN_ACCOUNT, "Unknown account: 9999."),
                        Outcome.refused(Reason.UNKNOWN_ACCOUNT, "Unknown account: '; drop."),
                        Outcome.refused(
                                Reason.DIFFERENT_CURRENCIES,
                                "Account 2001 has the currency EUR, account 2101 has USD."),
                        Outcome.refused(
                                Reason.DIFFERENT_SIDES,
                                "Accounts 1000 and 2001 are on different sides of the books, so a transfer would change both balances in the same direction."));
    }

    @Test
    void post_betweenAssets_movesMoney() throws SQLException {
        long from = balance("1000");
        long to = balance("1010");

        ledger.post(new Transfer("k", "1000", "1010", 700, "into safeguarding"));

        assertThat(balance("1000")).isEqualTo(from - 700);
        assertThat(balance("1010")).isEqualTo(to + 700);
    }

    @Test
    void post_oneKeyFromManyThreads_isPostedOnce() throws Exception {
        long from = balance("2001");
        ExecutorService executor = Executors.newFixedThreadPool(12);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                outcomes.add(executor.submit(() -> ledger.post(transfer("same", 100))));
            }
            int first = 0;
            for (Future<Outcome> outcome : outcomes) {
                first += ((Posted) outcome.get()).replayed() ? 0 : 1;
            }
            assertThat(first).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
        assertThat(balance("2001")).isEqualTo(from - 100);
    }

    @Test
    void workload_manyThreadsAndFewAccounts_keepsTheBooksBalanced() throws Exception {
        for (String run : List.of("first-", "second-")) {
            Workload.Result result = new Workload(ledger, WALLETS, new Random(1), run).run(200, 16);

            assertThat(result.posted()).hasSizeGreaterThan(150);
            assertThat(result.replayed()).isPositive();
            assertThat(result.refused()).isGreaterThanOrEqualTo(10);
            assertThat(new Books(database::getConnection).prove(run, result))
                    .allSatisfy(proof ->
                            assertThat(proof.violations()).as(proof.statement()).isEmpty());
        }
    }

    @Test
    void proof_unconfirmedAndMissingOrders_fails() throws Exception {
        ledger.post(transfer("run-extra", 100));
        Workload.Result confirmed =
                new Workload.Result(Set.of("run-lost"), Map.of("2001", -99L, "2002", 100L), 0, 0, Duration.ZERO);

        List<Books.Proof> proofs = new Books(database::getConnection).prove("run-", confirmed);

        assertThat(proofs)
                .flatExtracting(Books.Proof::violations)
                .containsExactly(
                        "order run-extra was posted, but no thread received its confirmation",
                        "order run-lost is missing",
                        "account 2001 changed by -100, not by -99");
    }

    @Test
    void proof_manipulatedBooks_fails() throws Exception {
        PostgresServer.shared()
                .executeIn(
                        name,
                        "set session_replication_role = replica;"
                                + " insert into ledger.postings (entry_id, account_id, amount)"
                                + " select 1, id, 200000 from ledger.accounts where code = '2001'");

        List<Books.Proof> proofs = new Books(database::getConnection)
                .prove("none-", new Workload.Result(Set.of(), Map.of(), 0, 0, Duration.ZERO));

        assertThat(proofs)
                .flatExtracting(Books.Proof::violations)
                .containsExactly("entry 1", "EUR by 200000", "account 2001");
    }

    private long balance(String account) throws SQLException {
        return ledger.account(account).orElseThrow().balance();
    }

    private static Transfer transfer(String key, long amount) {
        return new Transfer(key, "2001", "2002", amount, "rent");
    }
}
