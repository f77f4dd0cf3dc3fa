package dev.wellhead.examples.ledger;

import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.examples.ledger.common.Transactions;
import dev.wellhead.testkit.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that post transfers in their own threads. A client sends an order again, with the same idempotency key, until
 * it is acknowledged, and then sends the next one.
 */
final class TransferClients implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long NONE = 0;

    private final Transactions transactions;
    private final AttemptHistory history;
    private final List<String> accounts;
    private final String run;
    private final List<Transfer> acknowledged = new CopyOnWriteArrayList<>();
    private final List<SQLException> beforeTransactions = new CopyOnWriteArrayList<>();
    private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param run the prefix of every idempotency key, which must be unique for every run */
    TransferClients(Connections connections, AttemptHistory history, List<String> accounts, String run) {
        this.transactions = new Transactions(connections);
        this.history = history;
        this.accounts = accounts;
        this.run = run;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            int client = i;
            Thread thread = new Thread(() -> run(client), "client-" + i);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((ended, failure) -> unexpected.add(failure));
            threads.add(thread);
            thread.start();
        }
    }

    /** Waits until all clients together have received this many more acknowledgements. */
    void awaitAcknowledged(int more) {
        int goal = acknowledged.size() + more;
        Await.until(LIMIT, more + " more acknowledged transfers", () -> acknowledged.size() >= goal);
    }

    /** {@return the acknowledged transfers, in the form that {@link Books#prove} compares with the database} */
    Workload.Result acknowledged() {
        Set<String> keys = new HashSet<>();
        Map<String, Long> changes = new HashMap<>();
        for (Transfer transfer : acknowledged) {
            keys.add(transfer.key());
            changes.merge(transfer.from(), -transfer.amount(), Long::sum);
            changes.merge(transfer.to(), transfer.amount(), Long::sum);
        }
        return new Workload.Result(keys, changes, 0, 0, Duration.ZERO);
    }

    /** {@return the failures before a transaction began: nothing was sent that could have changed the database} */
    List<SQLException> beforeTransactions() {
        return beforeTransactions;
    }

    private void run(int client) {
        Random random = new Random(client);
        for (int i = 0; !stopped; i++) {
            int from = random.nextInt(accounts.size());
            int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
            Transfer transfer = new Transfer(
                    run + client + "-" + i, accounts.get(from), accounts.get(to), 1 + random.nextInt(9), "transfer");
            while (!isAcknowledged(transfer)) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            acknowledged.add(transfer);
        }
    }

    /** {@return whether the transfer was acknowledged; if not, it may have been posted or not} */
    private boolean isAcknowledged(Transfer transfer) {
        // in an array, because every execution of the transaction is an attempt of its own
        long[] attempt = {NONE};
        try {
            Outcome outcome = transactions.run(connection -> {
                if (attempt[0] != NONE) {
                    history.failed(attempt[0], "40001");
                }
                attempt[0] = history.begin();
                history.mark(connection, attempt[0]);
                return Ledger.post(connection, transfer);
            });
            history.committed(attempt[0]);
            if (!(outcome instanceof Outcome.Posted)) {
                throw new AssertionError(transfer + " was not posted: " + outcome);
            }
            return true;
        } catch (SQLException e) {
            if (attempt[0] == NONE) {
                beforeTransactions.add(e);
            } else {
                history.failed(attempt[0], String.valueOf(e.getSQLState()));
            }
            return false;
        }
    }

    /**
     * Ends after the acknowledgement of the transfers that have been sent.
     *
     * @throws AssertionError if a client is stuck, or if one ended with an exception
     */
    @Override
    public void close() {
        stopped = true;
        Await.until(LIMIT, "the end of every client", () -> threads.stream().noneMatch(Thread::isAlive));
        if (!unexpected.isEmpty()) {
            throw new AssertionError("a client ended early", unexpected.get(0));
        }
    }
}
