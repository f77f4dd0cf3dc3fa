package dev.wellhead.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.credentials.CredentialsProvider;
import dev.wellhead.spi.ConnectionFailedException;
import dev.wellhead.spi.FailureKind;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "plain"})
    void open_wrongPassword_isARefusedLogin(String type, @TempDir Path own) throws Exception {
        try (PgBouncer before = PgBouncer.start(own, databases(), "auth_type = " + type)) {
            ConnectionFailedException wrongPassword = refused(before, "postgres");
            ConnectionFailedException wrongUser = refused(before, "unknown");

            assertThat(wrongPassword.kind()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
            assertThat(Connecting.lines(wrongPassword))
                    .startsWith("Cannot connect to 127.0.0.1:" + before.port() + ": it refused user 'postgres': ")
                    .contains("authentication failed (configured password).|  From: ")
                    .endsWith("|  Check the user and the password, and that the server has the same password."
                            + "|  The answer is a pooler's. Check its users too: auth_file or auth_query of PgBouncer, the"
                            + " secrets of RDS Proxy.");
            assertThat(wrongUser.kind()).as(wrongUser.getMessage()).isEqualTo(FailureKind.CREDENTIALS_REFUSED);
        }
    }

    private static ConnectionFailedException refused(PgBouncer before, String user) {
        return Connecting.to("127.0.0.1", before.port())
                .with("DB_POOLER", "pgbouncer")
                .with(CredentialsProvider.fixed(user, "wrong"))
                .failure();
    }

    /** The source has the new password; the first candidate is the old one. */
    @Test
    void open_firstCandidateRefused_triesTheNext() throws Exception {
        ScriptedCredentials credentials = new ScriptedCredentials(1, "old", PostgresServer.SUPERUSER_PASSWORD);

        try (Connection connection =
                behind("pgbouncer").with(credentials).connector().open(Connecting.BUDGET)) {
            assertThat(connection.isValid(2)).isTrue();
        }
    }

    @Test
    void open_databaseThatThePoolerDoesNotHave_isNamed(@TempDir Path own) throws Exception {
        try (PgBouncer before = PgBouncer.start(
                own,
                List.of("ledger = host=127.0.0.1 port="
                        + PostgresServer.shared().port()),
                "auth_type = scram-sha-256")) {
            ConnectionFailedException failure = Connecting.to("127.0.0.1", before.port())
                    .with("DB_NAME", "shpo")
                    .failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NO_SUCH_DATABASE);
            assertThat(Connecting.lines(failure))
                    .isEqualTo("Cannot connect to 127.0.0.1:" + before.port() + ": it has no database 'shpo' (DB_NAME)."
                            + "|  From: name (environment variable DB_NAME)"
                            + "|  Correct DB_NAME, or add the database to the pooler's configuration.");
        }
    }

    @Test
    void open_poolerIsFull_isTransient(@TempDir Path own) throws Exception {
        try (PgBouncer before = PgBouncer.start(own, databases(), "auth_type = scram-sha-256", "max_client_conn = 1")) {
            Connecting connecting = Connecting.to("127.0.0.1", before.port()).with("DB_POOLER", "pgbouncer");
            try (Connection only = whenFree(connecting.connector())) {
                ConnectionFailedException failure = connecting.failure();

                assertThat(only.isValid(2)).isTrue();
                assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
                assertThat(Connecting.lines(failure))
                        .isEqualTo("Cannot connect to 127.0.0.1:" + before.port()
                                + ": it has no free connection: no more connections allowed (max_client_conn) (default maximumPoolSize).|  From: maximumPoolSize (default)"
                                + "|  Raise the limits of the pooler (max_client_conn and default_pool_size of"
                                + " PgBouncer), or lower DB_MAXIMUM_POOL_SIZE of the services that use it.");
            }
        }
    }

    /**
     * The pooler counts a connection for a moment after the client has closed it, also the one that waited for its
     * start.
     */
    private static Connection whenFree(Connector connector) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        Await.until(Duration.ofSeconds(60), "a free connection", () -> {
            try {
                return opened.complete(connector.open(Connecting.BUDGET));
            } catch (ConnectionFailedException full) {
                return false;
            }
        });
        return opened.join();
    }

    @Test
    void open_rejectedByTheRulesOfThePooler_isNotAdmitted(@TempDir Path own) throws Exception {
        Path rules = Files.writeString(own.resolve("hba.conf"), "host all all 0.0.0.0/0 reject\n");
        try (PgBouncer before = PgBouncer.start(own, databases(), "auth_type = hba", "auth_hba_file = " + rules)) {
            ConnectionFailedException failure =
                    Connecting.to("127.0.0.1", before.port()).failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_ADMITTED);
            assertThat(Connecting.lines(failure))
                    .contains(": it does not permit this login without TLS: login rejected (DB_NAME, DB_SSLMODE).|")
                    .endsWith("|  Otherwise check the pooler's rules for this client.");
        }
    }

    @Test
    void open_startupParameterThatThePoolerDoesNotKnow_namesTheSetting() {
        ConnectionFailedException failure = Connecting.to("127.0.0.1", pooler.port())
                .with("DB_STATEMENT_TIMEOUT", "5s")
                .failure();

        assertThat(Connecting.lines(failure))
                .contains("unsupported startup parameter")
                .endsWith(
                        "|  From: statementTimeout (environment variable DB_STATEMENT_TIMEOUT)"
                                + "|  The parameter follows from DB_STATEMENT_TIMEOUT. Unset it, set DB_POOLER to pgbouncer, and set"
                                + " the parameter for the role on the server: ALTER ROLE ... SET."
                                + "|  Or add the parameter to ignore_startup_parameters of PgBouncer, which then has no effect.");
    }

    /** PgBouncer keeps the time zone of each client. */
    @Test
    void open_withATimeZone_startsTheSessionWithIt() throws Exception {
        try (Connection connection = behind("pgbouncer")
                        .with("DB_TIME_ZONE", "Asia/Tokyo")
                        .connector()
                        .open(Connecting.BUDGET);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW TimeZone")) {
            answer.next();
            assertThat(answer.getString(1)).isEqualTo("Asia/Tokyo");
        }
    }

    private static List<String> databases() {
        return List.of("* = host=127.0.0.1 port=" + PostgresServer.shared().port() + " user=postgres password="
                + PostgresServer.SUPERUSER_PASSWORD);
    }

    private static Connecting behind(String kind) {
        return Connecting.to("127.0.0.1", pooler.port()).with("DB_POOLER", kind);
    }
}
