package dev.wellhead.examples.ledger.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.LedgerDatabase;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {

    private Database database;
    private Transactions transactions;

    @BeforeEach
    void open() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        String name = LedgerDatabase.create(server);
        server.executeIn(
                name, "create table cell (id int primary key, value int); insert into cell values (1, 0), (2, 0)");
        database = LedgerDatabase.open(server.host(), server.port(), name, Map.of());
        transactions = new Transactions(database::getConnection);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void run_afterAConflict_retriesFromTheStart(String sqlState) throws SQLException {
        AtomicInteger attempts = new AtomicInteger();

        int value = transactions.run(connection -> {
            execute(connection, "update cell set value = value + 1 where id = 1");
            if (attempts.incrementAndGet() < 3) {
                execute(
                        connection,
                        "do $$ begin raise exception 'conflict' using errcode = '" + sqlState + "'; end $$");
            }
            return value(connection, 1);
        });

        assertThat(value).isEqualTo(1);
        assertThat(attempts).hasValue(3);
        assertThat(transactions.retries()).isEqualTo(2);
    }

    @Test
    void run_otherFailure_rollsBackAndIsNotRetried() throws SQLException {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(connection -> {
                    attempts.incrementAndGet();
                    execute(connection, "update cell set value = 9 where id = 1");
                    execute(connection, "insert into cell values (1, 1)");
                    return 0;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));

        assertThat(attempts).hasValue(1);
        assertThat(transactions.<Integer>run(connection -> value(connection, 1)))
                .isZero();
    }

    @Test
    void run_twoDeadlockedTransactions_bothSucceedFinally() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> both = List.of(
                    executor.submit(() -> crossing(bothHoldOne, 1, 2)),
                    executor.submit(() -> crossing(bothHoldOne, 2, 1)));
            for (Future<Integer> one : both) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(transactions.retries()).isPositive();
        assertThat(transactions.<Integer>run(connection -> value(connection, 1)))
                .isEqualTo(2);
        assertThat(transactions.<Integer>run(connection -> value(connection, 2)))
                .isEqualTo(2);
    }

    @Test
    void run_workWithPermanentConflict_failsAfterTheLastAttempt() {
        assertThatThrownBy(() -> transactions.run(connection -> {
                    execute(connection, "do $$ begin raise exception 'conflict' using errcode = '40001'; end $$");
                    return 0;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        assertThat(transactions.retries()).isEqualTo(49);
    }

    private int crossing(CyclicBarrier bothHoldOne, int first, int second) throws SQLException {
        AtomicInteger attempts = new AtomicInteger();
        return transactions.run(connection -> {
            execute(connection, "update cell set value = value + 1 where id = " + first);
            if (attempts.incrementAndGet() == 1) {
                meet(bothHoldOne);
            }
            execute(connection, "update cell set value = value + 1 where id = " + second);
            return 0;
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int value(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select value from cell where id = " + id)) {
            row.next();
            return row.getInt(1);
        }
    }
}
