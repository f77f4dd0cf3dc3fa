package dev.wellhead.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.Database;
import dev.wellhead.testkit.FaultProxy;
import dev.wellhead.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Failovers to a synchronous standby while clients post transfers. Afterwards, the history of the clients is compared
 * with the database: no acknowledged transfer is lost, none is posted twice, and only attempts that failed with 08007
 * may have been committed. {@code -Dfailovers=100} runs more failovers than the build does.
 */
class FailoverTest {

    private static final int FAILOVERS = Integer.getInteger("failovers", 3);
    private static final int CLIENTS = 8;
    private static final List<String> ACCOUNTS =
            List.of("2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008");

    /** The ways in which a primary is lost. */
    private enum Loss {
        /** Its machine fails. */
        KILLED,
        /** Its network fails first, and then it is shut down so that it cannot continue as a second primary. */
        CUT_OFF,
        /** An operator stops it, which ends its sessions with 57P01. */
        STOPPED
    }

    @Test
    void failover_withASynchronousStandby_losesAndRepeatsNoTransfer() throws Exception {
        PostgresServer first = PostgresServer.start();
        String name = LedgerDatabase.create(first);
        first.executeIn(name, AttemptHistory.TABLE);
        AttemptHistory history = new AttemptHistory();
        try (ReplicatedServers servers = ReplicatedServers.start(first, name)) {
            for (int round = 0; round < FAILOVERS; round++) {
                if (round > 0) {
                    servers.replaceStandby();
                }
                Loss loss = Loss.values()[round % Loss.values().length];
                failOver(servers, name, history, loss, "round-" + round + "-");
            }
        }
    }

    private static void failOver(ReplicatedServers servers, String name, AttemptHistory history, Loss loss, String run)
            throws Exception {
        try (FaultProxy network = FaultProxy.to(servers.primary());
                Database database = open(network, servers.standby(), name)) {
            TransferClients clients = new TransferClients(database::getConnection, history, ACCOUNTS, run);
            try (clients) {
                clients.start(CLIENTS);
                clients.awaitAcknowledged(100);
                end(servers.primary(), network, loss);
                servers.promote();
                clients.awaitAcknowledged(100);
            }
            assertConsistent(database, history, clients, run);
            report(database, history, clients, loss);
        }
    }

    private static void end(PostgresServer primary, FaultProxy network, Loss loss) {
        switch (loss) {
            case KILLED -> primary.kill();
            case STOPPED -> primary.stop();
            case CUT_OFF -> {
                network.refuse();
                network.resetAll();
                primary.kill();
            }
        }
    }

    private static void assertConsistent(Database database, AttemptHistory history, TransferClients clients, String run)
            throws SQLException {
        assertThat(new Books(database::getConnection).prove(run, clients.acknowledged()))
                .allSatisfy(proof ->
                        assertThat(proof.violations()).as(proof.statement()).isEmpty());
        assertThat(history.contradictions(inDatabase(database))).isEmpty();
        assertThat(clients.beforeTransactions())
                .as("nothing was sent, so the outcome is certain")
                .noneMatch(failure -> AttemptHistory.UNKNOWN.equals(failure.getSQLState()));
    }

    private static void report(Database database, AttemptHistory history, TransferClients clients, Loss loss)
            throws SQLException {
        System.out.printf(
                "%s: attempts so far %s, of the unknown ones %d were committed; %d failures before a transaction%n",
                loss,
                history.counts(),
                history.unknownButCommitted(inDatabase(database)),
                clients.beforeTransactions().size());
    }

    private static Set<Long> inDatabase(Database database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return AttemptHistory.inDatabase(connection);
        }
    }

    private static Database open(FaultProxy primary, PostgresServer standby, String name) throws SQLException {
        Map<String, String> hosts = new HashMap<>();
        hosts.put("DB_HOST", primary.host() + "," + standby.host());
        hosts.put("DB_PORT", primary.port() + "," + standby.port());
        hosts.put("DB_MAXIMUM_POOL_SIZE", Integer.toString(CLIENTS));
        hosts.put("DB_CONNECTION_TIMEOUT", "60s");
        return LedgerDatabase.open(primary.host(), primary.port(), name, hosts);
    }
}
