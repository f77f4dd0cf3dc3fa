package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Connections through a real PgBouncer in transaction pooling mode. Skipped if none is installed. */
@EnabledIf("isPgBouncerInstalled")
class PoolersTest {

    private static final int CLIENTS = 6;
    private static final int TRANSACTIONS = 30;

    @TempDir
    private static Path directory;

    private static PgBouncer pooler;

    static boolean isPgBouncerInstalled() {
        return PgBouncer.isInstalled();
    }

    @BeforeAll
    static void startPooler() throws Exception {
        pooler = PgBouncer.before(PostgresServer.shared(), directory, 2);
    }

    @AfterAll
    static void stopPooler() {
        pooler.close();
    }

    @Test
    void preparedStatements_acrossTransactionsOfManyClients_work() throws Exception {
        Connector connector = behind("pgbouncer").connector();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                sums.add(clients.submit(transactions(connector)));
            }

            for (Future<Integer> sum : sums) {
                assertThat(sum.get()).isEqualTo(TRANSACTIONS * (TRANSACTIONS - 1) / 2);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static Callable<Integer> transactions(Connector connector) {
        return () -> {
            int sum = 0;
            try (Connection connection = connector.open(Connecting.BUDGET);
                    PreparedStatement echo = connection.prepareStatement("SELECT ?::int")) {
                connection.setAutoCommit(false);
                for (int i = 0; i < TRANSACTIONS; i++) {
                    echo.setInt(1, i);
                    try (ResultSet answer = echo.executeQuery()) {
                        answer.next();
                        sum += answer.getInt(1);
                    }
                    connection.commit();
                }
            }
            return sum;
        };
    }

    @Test
    void open_withAnApplicationName_isAcceptedByThePooler() throws Exception {
        Connecting connecting = behind("pgbouncer").with("DB_APPLICATION_NAME", "ledger@host-1");

        try (Connection connection = connecting.connector().open(Connecting.BUDGET)) {
            assertThat(connection.isValid(2)).isTrue();
        }
    }

    @Test
    void open_serverBehindThePoolerIsDown_isATransientFailure(@TempDir Path own) throws Exception {
        try (PostgresServer gone = PostgresServer.start();
                PgBouncer before = PgBouncer.before(gone, own, 1)) {
            gone.stop();

            ConnectionFailedException failure = Connecting.to("127.0.0.1", before.port())
                    .with("DB_POOLER", "pgbouncer")
                    .with("DB_CONNECT_TIMEOUT", "2s")
                    .failure();

            assertThat(failure.kind().isTransient()).as(failure.getMessage()).isTrue();
        }
    }

    private static Connecting behind(String kind) {
        return Connecting.to("127.0.0.1", pooler.port()).with("DB_POOLER", kind);
    }
}
