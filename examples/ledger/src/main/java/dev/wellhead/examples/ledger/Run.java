package dev.wellhead.examples.ledger;

import dev.wellhead.Database;
import dev.wellhead.examples.ledger.common.Connections;
import dev.wellhead.settings.DatabaseSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** One run of the example: prints the settings, posts transfers, checks the books, and prints statistics of the pool. */
final class Run {

    private static final int ORDERS = 400;
    private static final int THREADS = 16;

    private final Database database;
    private final PoolReport pool;
    private final PrintStream out;

    Run(Database database, PoolReport pool, PrintStream out) {
        this.database = database;
        this.pool = pool;
        this.out = out;
    }

    /** {@return whether every check of the books passed} */
    boolean go() throws SQLException, InterruptedException {
        DatabaseSettings settings = database.settings();
        heading("Settings of database '" + settings.name() + "', environment '"
                + settings.environment().name() + "'");
        out.print(SettingsTable.of(settings));

        Connections connections = pool.count(database);
        Ledger ledger = new Ledger(connections);
        List<String> wallets = ledger.accounts().stream()
                .filter(account ->
                        account.type().equals("liability") && account.currency().equals("EUR"))
                .map(Account::code)
                .toList();
        String run = "run-" + Instant.now();
        Workload.Result result = new Workload(ledger, wallets, new Random(run.hashCode()), run).run(ORDERS, THREADS);
        heading("Transfers");
        out.printf(
                "  %d posted between %d accounts from %d threads in %d ms%n",
                result.posted().size(),
                wallets.size(),
                THREADS,
                result.duration().toMillis());
        out.printf(
                "  %d orders sent twice were posted once, %d orders exceeded the balance, %d transactions retried%n",
                result.replayed(), result.refused(), ledger.retries());

        heading("Books");
        boolean holds = true;
        for (Books.Proof proof : new Books(connections).prove(run, result)) {
            out.printf("  %-6s %s%n", proof.holds() ? "holds" : "FAILS", proof.statement());
            proof.violations().forEach(violation -> out.println("           " + violation));
            holds &= proof.holds();
        }

        heading("Pool");
        out.print(pool.report(database));
        return holds;
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.println();
    }
}
