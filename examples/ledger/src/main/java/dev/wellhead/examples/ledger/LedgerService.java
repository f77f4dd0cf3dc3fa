package dev.wellhead.examples.ledger;

import dev.wellhead.Database;
import dev.wellhead.Databases;
import dev.wellhead.settings.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the example: one run, or an HTTP service. */
public final class LedgerService {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerService.class);

    /**
     * The time between the end of the last request and the end of the process: five seconds for the deliveries and the message
     * in progress, which end together, two for the cache, and the rest for the pool.
     */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    /** The longest time between SIGTERM and the end of the process. Kubernetes and ECS kill a process after 30 seconds. */
    static final Duration STOP_LIMIT = LedgerServer.DRAIN_LIMIT.plus(CLOSE_LIMIT);

    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SCHEMA =
            """
            This database has no schema ledger.
              Run the scripts 01 to 06 of infrastructure/init-scripts in it with psql, in this order.
              The embedded PostgreSQL and `make infrastructure-up` run them automatically.""";
    private static final String NO_OUTBOX =
            """
            This database does not have every table of the outbox, which the queue and the search need.
              Run the script 06-outbox.sql of infrastructure/init-scripts in it with psql.""";
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int TERMINATED = 128 + 15;

    private LedgerService() {}

    /** Exit code 0: success; 1: a check failed or the database cannot be used; 2: wrong command line. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(Options.USAGE);
            return WRONG_USAGE;
        }
        if (options.help()) {
            out.println(Options.USAGE);
            return 0;
        }
        if (options.withParent()) {
            ProcessHandle.current().parent().ifPresent(LedgerService::endWith);
        }
        try {
            if (options.serve()) {
                serve(options.port(), out);
                return 0;
            }
            if (runOnce(out)) {
                return 0;
            }
            err.println("The books do not balance: see the lines marked FAILS above.");
        } catch (SQLException e) {
            err.println(NO_SUCH_TABLE.equals(e.getSQLState()) ? missingTable(e) : e.getMessage());
        } catch (ConfigurationException | IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
        }
        return FAILED;
    }

    private static void endWith(ProcessHandle parent) {
        CompletableFuture<Void> unused = parent.onExit().thenRun(() -> System.exit(TERMINATED));
    }

    private static boolean runOnce(PrintStream out) throws SQLException, InterruptedException {
        PoolReport pool = new PoolReport();
        // the same as Databases.fromEnvironment(), with a listener that counts
        try (Database database = Databases.builder().listener(pool).open()) {
            return new Run(database, pool, out).go();
        }
    }

    private static void serve(int port, PrintStream out) throws SQLException, IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            serveUntilClosed(port, out, ended);
            out.println("Stopped.");
        } finally {
            ended.countDown();
        }
    }

    private static void serveUntilClosed(int port, PrintStream out, CountDownLatch ended)
            throws SQLException, IOException, InterruptedException {
        try (ServiceClients clients = ServiceClients.fromEnvironment(System.getenv());
                Database database = Databases.fromEnvironment();
                LedgerServices services = LedgerServices.start(clients, database::getConnection);
                LedgerServer server =
                        LedgerServer.start(database::getConnection, services, InetAddress.getLoopbackAddress(), port)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server, ended), "drain"));
            if (!clients.names().isEmpty()) {
                out.println("With " + String.join(", ", clients.names()));
            }
            out.println("Serving on http://127.0.0.1:" + server.port());
            server.awaitClosed();
        }
    }

    private static String missingTable(SQLException e) {
        return String.valueOf(e.getMessage()).contains("ledger.outbox") ? NO_OUTBOX : NO_SCHEMA;
    }

    /** On SIGTERM: completes the requests in progress and waits until the database is closed. Then the JVM ends. */
    private static void drain(LedgerServer server, CountDownLatch ended) {
        server.close();
        try {
            if (!ended.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The database is not closed after {}.", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
