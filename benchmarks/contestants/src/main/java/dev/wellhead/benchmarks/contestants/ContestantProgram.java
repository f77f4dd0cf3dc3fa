package dev.wellhead.benchmarks.contestants;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Applies the load of the arena to a pool of one library. Prints {@code ready} when every thread has run a statement,
 * then every operation (see {@link OperationLog}). Obeys the commands {@code pause}, {@code resume} and {@code stop} on
 * its standard input.
 */
public final class ContestantProgram {

    private static final int POLL_MILLIS = 10;
    private static final int LAST_OPERATION_MILLIS = 500;

    private final LoadGate gate = new LoadGate();
    private final List<Borrower> borrowers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private ContestantProgram() {}

    /** Takes the name of the library. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        PoolOpener opener = PoolOpener.of(arguments[0]);
        PoolSetup setup = PoolSetup.of(environment);
        List<DataSource> pools = new ArrayList<>();
        for (String port : environment.getOrDefault("ARENA_OTHER_PORTS", "").split(",", -1)) {
            if (!port.isEmpty()) {
                pools.add(opener.open(setup.other(port, environment)));
            }
        }
        pools.add(opener.open(setup));
        ContestantProgram program = new ContestantProgram();
        program.start(pools.get(pools.size() - 1), LoadPlan.of(environment));
        program.obey();
        // a pool whose threads are stuck could not be closed
        Runtime.getRuntime().halt(0);
    }

    private void start(DataSource pool, LoadPlan plan) throws SQLException, InterruptedException {
        OperationLog log = new OperationLog(out);
        for (int i = 0; i < plan.threads(); i++) {
            Borrower borrower = new Borrower(i, pool, plan, gate, log);
            borrowers.add(borrower);
            threads.add(new Thread(borrower, "load-" + i));
        }
        threads.forEach(Thread::start);
        for (Borrower borrower : borrowers) {
            while (!borrower.isConnected()) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        out.println("ready");
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "pause" -> gate.pause();
                case "resume" -> gate.resume();
                default -> {
                    stop();
                    return;
                }
            }
        }
    }

    private void stop() throws InterruptedException {
        gate.stop();
        for (Thread thread : threads) {
            thread.join(LAST_OPERATION_MILLIS / threads.size());
        }
        borrowers.forEach(Borrower::logPending);
        out.println("done");
    }
}
