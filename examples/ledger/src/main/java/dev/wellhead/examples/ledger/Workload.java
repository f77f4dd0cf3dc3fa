package dev.wellhead.examples.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Orders that conflict on purpose: many threads and few accounts. Every tenth order is sent twice concurrently, every
 * twentieth exceeds the balance.
 */
final class Workload {

    private final Ledger ledger;
    private final List<String> accounts;
    private final Random random;
    private final String run;

    /**
     * @param accounts at least two accounts with the same currency
     * @param run the prefix of every idempotency key, which must be unique for every run
     */
    Workload(Ledger ledger, List<String> accounts, Random random, String run) {
        this.ledger = ledger;
        this.accounts = List.copyOf(accounts);
        this.random = random;
        this.run = run;
    }

    /**
     * The results that the threads received. They are kept in memory, to compare the database with them.
     *
     * @param posted the idempotency keys of the orders that were posted
     * @param changes the sum of these orders for each account
     * @param replayed the number of orders that had been posted before
     * @param refused the number of orders that exceeded the balance
     * @param duration the time from the first order to the last result
     */
    record Result(Set<String> posted, Map<String, Long> changes, int replayed, int refused, Duration duration) {}

    Result run(int orders, int threads) throws SQLException, InterruptedException {
        List<Transfer> transfers = orders(orders);
        long start = System.nanoTime();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (Transfer transfer : transfers) {
                outcomes.add(executor.submit(() -> ledger.post(transfer)));
            }
            return sum(transfers, outcomes, start);
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Transfer> orders(int count) {
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(accounts.size());
            int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
            boolean tooMuch = i % 20 == 19;
            long amount = tooMuch ? 1_000_000_000_000L : 1 + random.nextInt(2_000);
            Transfer transfer =
                    new Transfer(run + "-" + i, accounts.get(from), accounts.get(to), amount, "Example transfer " + i);
            transfers.add(transfer);
            if (i % 10 == 0) {
                transfers.add(transfer);
            }
        }
        return transfers;
    }

    private static Result sum(List<Transfer> transfers, List<Future<Outcome>> outcomes, long start)
            throws SQLException, InterruptedException {
        Set<String> posted = new HashSet<>();
        Map<String, Long> changes = new HashMap<>();
        int replayed = 0;
        int refused = 0;
        for (int i = 0; i < transfers.size(); i++) {
            Transfer transfer = transfers.get(i);
            if (!(outcome(outcomes.get(i)) instanceof Outcome.Posted entry)) {
                refused++;
            } else if (entry.replayed()) {
                replayed++;
            } else {
                posted.add(transfer.key());
                changes.merge(transfer.from(), -transfer.amount(), Long::sum);
                changes.merge(transfer.to(), transfer.amount(), Long::sum);
            }
        }
        return new Result(posted, changes, replayed, refused, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Outcome outcome(Future<Outcome> future) throws SQLException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
